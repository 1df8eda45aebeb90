package io.yapok.model.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.model.ModelFile;
import io.yapok.schemas.ModelVersion;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Where;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published models, in the folder that {@code -Dyapok.data=FOLDER} names. */
@EnabledIfSystemProperty(named = "yapok.data", matches = ".+")
class PublishedModelsTest {
  private static final Path DATA = Path.of(System.getProperty("yapok.data", ""));
  private static final Set<String> MAY_BE_REFUSED = Set.of("external data", "other files", "rank 0", "cannot feed", "no input");

  @Test
  void shouldAnswerOrSayWhyNotWhenGivenEachPublishedModel() throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(DATA)) {
      files = tree.filter(file -> file.toString().endsWith(".onnx") || file.getFileName().toString().startsWith("test_")).sorted().toList();
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      int rows = file.toString().contains("iris") ? 3 : 0;
      ModelFile model = new ModelFile(new ModelVersion(file.getFileName().toString(), 1, ""), file, Files.readAllBytes(file), Where.of(file.toString()));
      try (OnnxModel loaded = OnnxModel.load(model, new ModelOptions(rows, false, false))) {
        System.out.println(file.getFileName() + " | answers | " + loaded.inputs() + " -> " + loaded.outputs() + " | " + loaded.batching());
      } catch (ProblemsException refused) {
        System.out.println(file.getFileName() + " | refused | " + refused.getMessage());
        assertThat(MAY_BE_REFUSED).anyMatch(refused.getMessage()::contains);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"mnist.onnx, 9891, 1, 0", "cnn_mnist_pytorch.onnx, 9907, 0.0127285, -0.424213"})
  void shouldReadHandwrittenDigits(String file, int right, float scale, float offset) throws IOException {
    byte[] images = unzipped("mnist/t10k-images-idx3-ubyte.gz", 16);
    byte[] labels = unzipped("mnist/t10k-labels-idx1-ubyte.gz", 8);
    int correct = 0;
    try (Bench bench = Bench.of(Files.readAllBytes(DATA.resolve("mnist/" + file)), ModelOptions.DEFAULT)) {
      for (int start = 0; start < labels.length; start += 500) {
        bench.batch.clear();
        for (int i = start; i < start + 500; i++) {
          int row = bench.record(1);
          for (int pixel = 0; pixel < 784; pixel++) {
            bench.in(0).floats().put(row * 784 + pixel, (images[i * 784 + pixel] & 0xff) * scale + offset);
          }
        }
        bench.run();
        for (int i = start; i < start + 500; i++) {
          correct += largest(bench.out(0).floats(), (i - start) * 10) == labels[i] ? 1 : 0;
        }
      }
    }
    assertThat(correct).isBetween(right - 2, right + 2);
  }

  @Test
  void shouldAnswerRandomRecordsInBatchesAsOneByOne() throws IOException {
    Random random = new Random(20261121);
    try (Bench together = Bench.of(Files.readAllBytes(DATA.resolve("crayfish-ffnn/model-ffnn.onnx")), ModelOptions.DEFAULT);
        Bench alone = Bench.over(together.model)) {
      for (int done = 0, count; done < 100_000; done += count) {
        count = Math.min(1 + random.nextInt(1000), 100_000 - done);
        together.batch.clear();
        together.record(count);
        for (int i = 0; i < count * 784; i++) {
          together.in(0).floats().put(i, random.nextFloat());
        }
        together.run();
        for (int row = 0; row < count; row++) {
          alone.batch.clear();
          alone.record(1);
          alone.in(0).bytes().put(0, together.in(0).bytes(), row * 784 * 4, 784 * 4);
          alone.run();
          assertThat(alone.out(0).bytes().slice(0, 40)).as("record %d", done + row).isEqualTo(together.out(0).bytes().slice(row * 40, 40));
        }
      }
      alone.unbind();
    }
  }

  @ParameterizedTest
  @CsvSource({"light_resnet50", "light_squeezenet"})
  void shouldAnswerAsPublished(String name) throws IOException {
    byte[] published = Files.readAllBytes(DATA.resolve("light-nets/" + name + "_output_0.pb"));
    FloatBuffer expected = ByteBuffer.wrap(published, published.length - 4000, 4000).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    try (Bench bench = Bench.of(Files.readAllBytes(DATA.resolve("light-nets/" + name + ".onnx")), ModelOptions.DEFAULT)) {
      bench.record(1);
      int elements = bench.in(0).spec().shape().elements();
      for (int i = 0; i < elements; i++) {
        bench.in(0).floats().put(i, (float) i / elements);
      }
      bench.run();
      for (int i = 0; i < 1000; i++) {
        assertThat(bench.out(0).floats().get(i)).isCloseTo(expected.get(i), org.assertj.core.data.Offset.offset(1e-6f));
      }
    }
  }

  @Test
  void shouldAnswerThreeRowsAtATimeWhenAModelTakesThree() throws IOException {
    List<String[]> flowers = Files.readAllLines(DATA.resolve("iris/iris.csv")).stream().skip(1).map(line -> line.split(",", -1)).toList();
    try (Bench bench = Bench.of(Files.readAllBytes(DATA.resolve("iris/logreg_iris.onnx")), new ModelOptions(3, false, false))) {
      for (int count : new int[] {1, 2, 3, 4, 149, 150}) {
        bench.batch.clear();
        for (String[] flower : flowers.subList(0, count)) {
          int row = bench.record(1);
          bench.in(0).floats().put(row * 2, Float.parseFloat(flower[0])).put(row * 2 + 1, Float.parseFloat(flower[1]));
        }
        bench.run();
        int right = 0;
        for (int row = 0; row < count; row++) {
          long label = bench.out(0).longs().get(row);
          assertThat(largest(bench.out(1).floats(), row * 3, 3)).isEqualTo((int) label);
          right += Arrays.asList("setosa", "versicolor", "virginica").indexOf(flowers.get(row)[4].replace("\"", "")) == label ? 1 : 0;
        }
        System.out.println("iris: " + right + " of " + count + " right, " + bench.batch.rejected() + " rejected");
        assertThat(bench.batch.rejected()).isZero();
      }
    }
  }

  private static int largest(FloatBuffer floats, int start) {
    return largest(floats, start, 10);
  }

  private static int largest(FloatBuffer floats, int start, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      best = floats.get(start + i) > floats.get(start + best) ? i : best;
    }
    return best;
  }

  private static byte[] unzipped(String file, int header) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(DATA.resolve(file)))) {
      byte[] all = in.readAllBytes();
      return Arrays.copyOfRange(all, header, all.length);
    }
  }
}
