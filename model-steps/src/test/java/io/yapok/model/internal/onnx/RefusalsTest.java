package io.yapok.model.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import io.yapok.onnxwriter.Attribute;
import io.yapok.onnxwriter.AwkwardModels;
import io.yapok.onnxwriter.Dim;
import io.yapok.onnxwriter.ElementType;
import io.yapok.onnxwriter.Graph;
import io.yapok.onnxwriter.Initializer;
import io.yapok.onnxwriter.Node;
import io.yapok.onnxwriter.OnnxModel;
import io.yapok.onnxwriter.OnnxType;
import io.yapok.onnxwriter.SampleModels;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are no models, or none that can answer, are refused in one line that says what is wrong. */
class RefusalsTest {
  static Stream<Arguments> refused() {
    byte[] good = SampleModels.lr64().toBytes();
    return Stream.of(
        Arguments.of("empty", new byte[0], "not an ONNX model"),
        Arguments.of("text", "name: digits\nsource: {topic: digits}\n".getBytes(StandardCharsets.UTF_8), "not an ONNX model"),
        Arguments.of("git lfs", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n".getBytes(StandardCharsets.UTF_8), "not an ONNX model"),
        Arguments.of("half", Arrays.copyOf(good, good.length / 2), "truncated or damaged"),
        Arguments.of("one byte short", Arrays.copyOf(good, good.length - 1), "truncated or damaged"),
        Arguments.of("external", AwkwardModels.externalData("weights.bin").toBytes(), "lie in other files (weights.bin)"),
        Arguments.of("external, nested", nestedExternal().toBytes(), "lie in other files (nested.bin)"),
        Arguments.of("operator", AwkwardModels.unknownOperator(3).toBytes(), "Frobnicate"),
        Arguments.of("opset", AwkwardModels.futureOpset(3).toBytes(), "9999"),
        Arguments.of("scalar input", scalarInput().toBytes(), "rank 0"),
        Arguments.of("no input", noInput().toBytes(), "no input"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void shouldRefuseInOneLineWhenAModelCannotAnswer(String name, byte[] file, String reason) {
    assertThat(refusal(file)).singleElement().satisfies(problem -> assertThat(problem.what()).contains(reason).doesNotContain("\n").hasSizeLessThan(500));
  }

  @ParameterizedTest
  @EnumSource(value = ElementType.class, names = {"UINT16", "UINT32", "UINT64"})
  void shouldRefuseByNameWhenTheJavaRuntimeCannotFeedAType(ElementType type) {
    String name = type.name().toLowerCase(java.util.Locale.ROOT);

    assertThat(refusal(SampleModels.identity(type, 2).toBytes())).singleElement().satisfies(problem -> assertThat(problem.what()).contains("cannot feed " + name));
  }

  @Test
  void shouldListEveryInputThatCannotBeFed() {
    OnnxModel model =
        Graph.named("two")
            .input("a", OnnxType.tensor(ElementType.UINT16, Dim.rows()))
            .input("b", OnnxType.tensor(ElementType.UINT32, Dim.rows()))
            .node(Node.of("Identity").in("a").out("c"))
            .node(Node.of("Identity").in("b").out("d"))
            .output("c", OnnxType.tensor(ElementType.UINT16, Dim.rows()))
            .output("d", OnnxType.tensor(ElementType.UINT32, Dim.rows()))
            .toModel();

    assertThat(refusal(model.toBytes())).hasSize(2);
  }

  @Test
  void shouldRefuseAnyStartOfAFileThatLacksPartOfTheModel() {
    byte[] good = SampleModels.logisticRegression(3, 1).toBytes();
    int whole = 0;
    for (int length = 0; length < good.length; length++) {
      try (io.yapok.model.internal.onnx.OnnxModel model = Bench.load(Arrays.copyOf(good, length), ModelOptions.DEFAULT)) {
        assertThat(model.signature().opsets()).as("the first %d of %d bytes", length, good.length).containsKey("ai.onnx");
        whole++;
      } catch (ProblemsException e) {
        assertThat(e.problems()).hasSize(1);
      }
    }
    assertThat(whole).as("starts that end between two fields after the graph and its operator set").isLessThanOrEqualTo(2);
  }

  @Test
  void shouldSeeExternalDataThatAFieldOfAWrongKindWouldHide() throws IOException {
    // a tensor whose name is a plain number: a reader that took the number for a length would skip what follows
    byte[] location = message(out -> {
      out.writeString(1, "location");
      out.writeString(2, "/etc/hostname");
    });
    byte[] tensor = message(out -> {
      out.writeUInt64(8, 2 + location.length);
      out.writeByteArray(13, location);
      out.writeInt32(14, 1);
    });
    byte[] graph = message(out -> out.writeByteArray(5, tensor));
    byte[] opset = message(out -> out.writeInt64(2, 17));
    byte[] model = message(out -> {
      out.writeInt64(1, 8);
      out.writeByteArray(7, graph);
      out.writeByteArray(8, opset);
    });

    assertThat(refusal(model)).singleElement().satisfies(problem -> assertThat(problem.what()).contains("/etc/hostname"));
  }

  @Test
  void shouldRefuseGraphsNestedWithoutEnd() throws IOException {
    byte[] graph = new byte[0];
    for (int depth = 0; depth < 200; depth++) {
      byte[] inner = graph;
      byte[] attribute = message(out -> out.writeByteArray(6, inner));
      byte[] node = message(out -> out.writeByteArray(5, attribute));
      graph = message(out -> out.writeByteArray(1, node));
    }
    byte[] whole = graph;
    byte[] model = message(out -> {
      out.writeInt64(1, 8);
      out.writeByteArray(7, whole);
    });

    assertThat(refusal(model)).hasSize(1);
  }

  private static List<Problem> refusal(byte[] file) {
    try (io.yapok.model.internal.onnx.OnnxModel model = Bench.load(file, ModelOptions.DEFAULT)) {
      throw new AssertionError("accepted: " + model.batching());
    } catch (ProblemsException e) {
      return e.problems();
    }
  }

  private static OnnxModel nestedExternal() {
    OnnxType row = OnnxType.tensor(ElementType.FLOAT, Dim.of(1), Dim.of(2));
    Graph branch =
        Graph.named("branch")
            .initializer(Initializer.external("w", ElementType.FLOAT, List.of(1L, 2L), "nested.bin"))
            .node(Node.of("Identity").in("w").out("z"))
            .output("z", row)
            .build();
    return Graph.named("if")
        .input("x", row)
        .input("c", OnnxType.tensor(ElementType.BOOL, Dim.of(1)))
        .node(Node.of("If").in("c").out("y").with(Attribute.of("then_branch", branch)).with(Attribute.of("else_branch", branch)))
        .output("y", row)
        .toModel();
  }

  private static OnnxModel scalarInput() {
    return Graph.named("scalar")
        .input("x", OnnxType.tensor(ElementType.FLOAT))
        .node(Node.of("Identity").in("x").out("y"))
        .output("y", OnnxType.tensor(ElementType.FLOAT))
        .toModel();
  }

  private static OnnxModel noInput() {
    return Graph.named("constant")
        .initializer(Initializer.floats("one", List.of(1L), 1))
        .node(Node.of("Identity").in("one").out("y"))
        .output("y", OnnxType.tensor(ElementType.FLOAT, Dim.of(1)))
        .toModel();
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    fields.write(out);
    out.flush();
    return bytes.toByteArray();
  }
}
