package io.yapok.schemas.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.Column;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.internal.json.JacksonTree;
import io.yapok.schemas.internal.json.JacksonTree.Num;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records in JSON: one row each, many rows each, and read by nobody. What is JSON to Jackson is JSON to us; numbers are what the JDK makes of them; results show what came. */
final class JsonTarget implements FuzzTarget {
  private static final String GOOD = "{\"f\":[1,2.5],\"o\":{\"d\":-3e2,\"t\":\"caf\u00e9\"},\"j\":[null],\"items\":[{\"v\":[1,2],\"n\":7},{\"n\":8.0}],\"t\":\"\\ud83d\\ude00\"}";

  /** Why a document is no JSON. */
  private static final Set<RejectReason> NOT_JSON =
      EnumSet.of(RejectReason.MALFORMED, RejectReason.TRUNCATED, RejectReason.TRAILING_BYTES, RejectReason.TOO_DEEP, RejectReason.INVALID_UTF8, RejectReason.NONFINITE_LITERAL);

  private static final SourceSchema ONE =
      new Fields()
          .need("f", ElementType.FLOAT32, -1)
          .with(0.5, "o.d", ElementType.FLOAT64)
          .with("none", "o.t", ElementType.TEXT)
          .with(1L, "o.p.i", ElementType.INT64, 2)
          .with(true, "b", ElementType.BOOL, 3)
          .with(1.0, "m", ElementType.FLOAT32, 2, 3)
          .with(-1.0, "h", ElementType.FLOAT16)
          .with(-1.0, "g", ElementType.BFLOAT16, 1)
          .with("", "w", ElementType.TEXT, -1, 2)
          .with(2L, "k", ElementType.INT8)
          .with(2L, "u", ElementType.UINT8, -1)
          .with(2L, "\u00e9", ElementType.INT32)
          .with("null", "j", ElementType.JSON)
          .with(0.0, "o.p.i", ElementType.FLOAT64, 2)
          .source(null);

  private static final SourceSchema MANY =
      new Fields()
          .with(0.0, "items.v", ElementType.FLOAT32, -1)
          .need("n", ElementType.INT16)
          .with("none", "t", ElementType.TEXT)
          .with(0.0, "f", ElementType.FLOAT64, 2)
          .with("null", "j", ElementType.JSON)
          .source("items");

  private final Pipeline one = pipeline(ONE, 1 << 20);
  private final Pipeline many = pipeline(MANY, 600);
  private final Pipeline anything = pipeline(new Fields().source(null), 1 << 20);

  private static Pipeline pipeline(SourceSchema source, long bytes) {
    return new Pipeline("json", source, Registry.of(), GOOD.getBytes(StandardCharsets.UTF_8), bytes, "f");
  }

  @Override
  public String name() {
    return "json";
  }

  @Override
  public List<byte[]> seeds() {
    return List.of(
            GOOD,
            "{\"f\":[]}",
            "{\"f\":[0.1,1e-45,3.4028235E38,\"NaN\",-0,12345678901234567890123,0.3333333432674407958984375],\"m\":[[1,2,3],[4,5,6]],\"h\":65504,\"g\":[1e38]}",
            " { \"f\" : [ [ ] ] , \"o.d\" : null , \"o\" : { \"p\" : { \"i\" : [ 9007199254740993 , 70e-1 ] } } , \"w\" : [ [ \"\\u00e9\\n\" , \"\\\"\" ] ] }\r\n",
            "{\"f\":[1],\"b\":[true,false,null],\"k\":-128,\"u\":[255,0],\"\\u00e9\":2147483647,\"j\":{\"a\":[1.50 , null,{}]}}",
            "{\"items\":[],\"n\":1}",
            "{\"j\":{\"x\":\n1},\"t\":\"around\",\"items\":[{\"n\":1,\"t\":\"\"},{\"n\":2,\"v\":[1.5],\"j\":2},{\"items\":{\"v\":[]}},{\"n\":4,\"f\":[1,2]}],\"f\":[3,4],\"n\":-32768}",
            "[[[[[[[[1]]]]]]]]",
            "\"\\uD800\"")
        .stream()
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public List<String> words() {
    return List.of("\"f\":[", "\"o\":{", "\"d\":", "\"o.d\":", "\"p\":{\"i\":", "\"items\":[", "{\"n\":1}", "\"v\":", "\"t\":\"", "\"j\":", "true", "false", "null", "\"NaN\"", "\"-Infinity\"", "e-45", "E+38", "\\ud83d\\ude00", "\\u0000", "\u2028");
  }

  @Override
  public void read(byte[] input) {
    if (JacksonTree.isNameOfHalfAPair(input)) {
      return; // the one thing on which we know to differ: a name that nobody reads may be anything in quotes
    }
    boolean isJson = JacksonTree.isJson(input);
    Pipeline.Outcome asItIs = anything.read(input);
    assertThat(asItIs.reject() == null || !NOT_JSON.contains(asItIs.reject().reason())).as("what is JSON to Jackson (expected) and to us").isEqualTo(isJson);
    checkShown(asItIs, input);
    Pipeline.Outcome rows = many.read(input);
    checkShown(rows, input);
    Pipeline.Outcome row = one.read(input);
    checkShown(row, input);
    assertThat(isJson || (row.reject() != null && rows.reject() != null)).as("what is no JSON is rejected").isTrue();
    if (row.reject() == null) {
      checkNumbers(row, Objects.requireNonNull(JacksonTree.read(input)));
    }
  }

  private static void checkShown(Pipeline.Outcome outcome, byte[] input) {
    if (outcome.result() instanceof Map<?, ?> result) {
      assertThat(result.get("in")).as("the record in its result").isEqualTo(JacksonTree.read(input));
    }
  }

  private static void checkNumbers(Pipeline.Outcome outcome, Object tree) {
    for (SourceField field : ONE.fields()) {
      ElementType type = ONE.layout().column(field.slot()).type();
      if (type == ElementType.FLOAT32 || type == ElementType.FLOAT64) {
        List<@Nullable Object> leaves = new ArrayList<>();
        flatten(at(tree, field.path()), leaves);
        checkNumbers(outcome.batch().column(field.slot()), leaves, type);
      }
    }
  }

  private static void checkNumbers(Column column, List<@Nullable Object> leaves, ElementType type) {
    for (int i = 0; i < leaves.size(); i++) {
      if (leaves.get(i) instanceof Num(String text)) {
        Object expected = type == ElementType.FLOAT32 ? (Object) Float.parseFloat(text) : (Object) Double.parseDouble(text);
        Object actual = type == ElementType.FLOAT32 ? (Object) column.floats().get(i) : (Object) column.doubles().get(i);
        assertThat(actual).as(text).isEqualTo(expected);
      }
    }
  }

  private static void flatten(@Nullable Object value, List<@Nullable Object> into) {
    if (value instanceof List<?> list) {
      list.forEach(each -> flatten(each, into));
    } else {
      into.add(value);
    }
  }

  /** The value of a path, which stands under one of its two names or nowhere. */
  private static @Nullable Object at(Object tree, String path) {
    Object value = ((Map<?, ?>) tree).get(path);
    if (value == null) {
      value = tree;
      for (String name : path.split("\\.")) {
        value = value instanceof Map<?, ?> map ? map.get(name) : null;
      }
    }
    return value;
  }
}
