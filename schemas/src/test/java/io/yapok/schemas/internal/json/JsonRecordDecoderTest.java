package io.yapok.schemas.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Formats;
import io.yapok.schemas.Layout;
import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRecordDecoderTest {
  private final List<ColumnSpec> columns = new ArrayList<>();
  private final List<SourceField> fields = new ArrayList<>();
  private @Nullable String rowsPath;
  private @Nullable Batch batch;
  private @Nullable RecordDecoder decoder;

  @Test
  void shouldReadEachTypeWhereItIsAskedFor() {
    field("f", ElementType.FLOAT32);
    field("d", ElementType.FLOAT64);
    field("h", ElementType.FLOAT16);
    field("b", ElementType.BFLOAT16);
    field("i8", ElementType.INT8);
    field("i16", ElementType.INT16);
    field("i32", ElementType.INT32);
    field("i64", ElementType.INT64);
    field("u8", ElementType.UINT8);
    field("yes", ElementType.BOOL);
    field("text", ElementType.TEXT);
    field("any", ElementType.JSON);

    accept(
        """
        {"any": {"a": [1, {"b": null}] , "c": "\\n"}, "text": "a\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\uDE00 é😀", "yes": true, "u8": 255, "i64": -9223372036854775808,
         "i32": 2147483647, "i16": -32768, "i8": 127, "b": 1.5, "h": -0.1, "d": 0.1, "f": 0.1, "unread": [{}, [], "x", -0.5e-3, true, false, null]}
        """);

    assertThat(column("f").floats().get(0)).isEqualTo(0.1f);
    assertThat(column("d").doubles().get(0)).isEqualTo(0.1);
    assertThat(column("h").shorts().get(0)).isEqualTo(Float.floatToFloat16(-0.1f));
    assertThat(column("b").shorts().get(0)).isEqualTo((short) 0x3FC0);
    assertThat(column("i8").bytes().get(0)).isEqualTo((byte) 127);
    assertThat(column("i16").shorts().get(0)).isEqualTo(Short.MIN_VALUE);
    assertThat(column("i32").ints().get(0)).isEqualTo(Integer.MAX_VALUE);
    assertThat(column("i64").longs().get(0)).isEqualTo(Long.MIN_VALUE);
    assertThat(column("u8").bytes().get(0)).isEqualTo((byte) 255);
    assertThat(column("yes").bytes().get(0)).isEqualTo((byte) 1);
    assertThat(column("text").text(0)).isEqualTo("a\"\\/\b\f\n\r\t\u00e9\ud83d\ude00 é😀");
    assertThat(column("any").text(0)).isEqualTo("{\"a\": [1, {\"b\": null}] , \"c\": \"\\n\"}");
  }

  @Test
  void shouldReadNonFiniteNumbersFromTheirNames() {
    vector("f", ElementType.FLOAT32, 3);
    vector("d", ElementType.FLOAT64, 3);

    accept("{'f': ['NaN', 'Infinity', '-Infinity'], 'd': ['NaN', 'Infinity', '-Infinity']}");

    assertThat(floats("f", 3)).containsExactly(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
    assertThat(column("d").doubles().get(2)).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'a': {'b.c': 3}}", "{'a.b.c': 3}", "{'a': {'b': {'c': 3}}}", "{'x': {'b': {'c': 1}}, 'a': {'c': 1, 'b': {'a': 1, 'c': 3, 'cc': 2}}, 'c': 1}"})
  void shouldFindAFieldUnderItsPath(String document) {
    field("a.b.c", ElementType.FLOAT32);
    if (document.contains("'b.c'")) {
      reject(document, RejectReason.MISSING_FIELD, "a.b.c", "absent");
    } else {
      accept(document);
      assertThat(floats("a.b.c", 1)).containsExactly(3f);
    }
  }

  @Test
  void shouldMatchNamesThatAreEscapedInTheDocument() {
    field("é\"x", ElementType.FLOAT32);

    accept("{\"\\u00e9\\\"x\": 4}");

    assertThat(floats("é\"x", 1)).containsExactly(4f);
  }

  @Test
  void shouldFeedSeveralColumnsFromOneField() {
    field("a", ElementType.FLOAT32);
    columns.add(new ColumnSpec("input.a as text", ElementType.JSON, RowShape.SCALAR));
    fields.add(new SourceField("a", 1, null));
    field("o.x", ElementType.INT32);
    columns.add(new ColumnSpec("input.o", ElementType.JSON, RowShape.SCALAR));
    fields.add(new SourceField("o", 3, null));

    accept("{'a': 1.50, 'o': {'y': 1, 'x': 2}}");

    assertThat(floats("a", 1)).containsExactly(1.5f);
    assertThat(batch.column(1).text(0)).isEqualTo("1.50");
    assertThat(column("o.x").ints().get(0)).isEqualTo(2);
    assertThat(batch.column(3).text(0)).isEqualTo("{\"y\": 1, \"x\": 2}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[1,2,3,4,5,6]", "[[1,2,3],[4,5,6]]", "[[[1],[2],[3]],[[4],[5],[6]]]", "[[[1,2,3],[4,5,6]]]", "[[1,2,3,4,5,6]]", "[[1],[2],[3],[4],[5],[6]]"})
  void shouldTakeFlatAndNestedArraysForAFixedShape(String array) {
    shaped("m", ElementType.FLOAT32, null, 1, 2, 3);

    accept("{'m': " + array + "}");

    assertThat(floats("m", 6)).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void shouldTakeAnyRectangleForAVector() {
    vector("v", ElementType.INT16, 6);

    accept("{'v': [[[1,2],[3,4],[5,6]]]}");

    assertThat(column("v").shorts().get(5)).isEqualTo((short) 6);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1,2,3,4,5] | 6 numbers expected, 5 came",
        "[1,2,3,4,5,6,7] | 6 numbers expected, 7 came",
        "[] | 6 numbers expected, 0 came",
        "[[1,2],[3,4],[5,6]] | an array of shape [2, 3] expected, one of [3, 2] came",
        "[[1,2,3],4,5,6] | arrays of one depth expected, a number came beside other depths at element 3",
        "[1,[2,3,4,5,6]] | arrays of one depth expected, an array came beside other depths at element 1",
      })
  void shouldRefuseArraysOfAnotherShape(String array, String message) {
    shaped("m", ElementType.FLOAT32, null, 2, 3);

    reject("{'m': " + array + "}", RejectReason.WRONG_SHAPE, "m", message);
    reject("{'m': [[1,2,3],[4,5]]}", RejectReason.UNEVEN_ROWS, "m", "arrays of one length expected at depth 2, one of 3 and one of 2 came");
  }

  @Test
  void shouldTakeASingleValueForAShapeOfOneElement() {
    vector("v", ElementType.FLOAT32, 1);

    accept("{'v': 5}");
    accept("{'v': [6]}");

    assertThat(floats("v", 2)).containsExactly(5, 6);
  }

  @Test
  void shouldAppendRowsOfADynamicShape() {
    shaped("s", ElementType.FLOAT32, null, -1, 2);
    shaped("t", ElementType.TEXT, null, -1);

    accept("{'s': [[1,2],[3,4],[5,6]], 't': ['a', 'bc']}");
    accept("{'s': [], 't': []}");
    reject("{'s': [[1,2,3]], 't': ['x']}", RejectReason.WRONG_SHAPE, "s", "an array of shape [?, 2] expected, one of [1, 3] came");
    reject("{'s': [[1,2]], 't': [['x']]}", RejectReason.WRONG_SHAPE, "t", "an array of shape [?] expected, one of [1, 1] came");
    reject("{'s': [[1,2]], 't': 'x'}", RejectReason.WRONG_TYPE, "t", "an array of texts expected, text came");
    accept("{'s': [[7,8]], 't': ['d']}");

    Column s = column("s");
    assertThat(List.of(s.dim(0, 0), s.dim(0, 1), s.dim(1, 0), s.dim(1, 1), s.dim(2, 0))).containsExactly(3, 2, 0, 2, 1);
    assertThat(s.start(2)).isEqualTo(6);
    assertThat(floats("s", 8)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    Column t = column("t");
    assertThat(t.text(t.start(2))).isEqualTo("d");
  }

  @Test
  void shouldStandInDefaultsForWhatIsAbsentOrNull() {
    shaped("v", ElementType.FLOAT32, 9.5, 2);
    shaped("i", ElementType.INT8, -1L);
    shaped("b", ElementType.BOOL, true);
    shaped("t", ElementType.TEXT, "none");
    shaped("j", ElementType.JSON, "say \"x\"");
    shaped("dyn", ElementType.FLOAT64, 3L, -1, 2);

    accept("{'v': null}");
    accept("{'v': [null, 1], 'i': 3, 'b': false, 't': 'x', 'j': null, 'dyn': [[1, null]]}");

    assertThat(floats("v", 4)).containsExactly(9.5f, 9.5f, 9.5f, 1f);
    assertThat(List.of(column("i").bytes().get(0), column("i").bytes().get(1))).containsExactly((byte) -1, (byte) 3);
    assertThat(List.of(column("b").bytes().get(0), column("b").bytes().get(1))).containsExactly((byte) 1, (byte) 0);
    assertThat(List.of(column("t").text(0), column("t").text(1))).containsExactly("none", "x");
    assertThat(List.of(column("j").text(0), column("j").text(1))).containsExactly("\"say \\\"x\\\"\"", "null");
    assertThat(column("dyn").dim(0, 0)).isEqualTo(1);
    assertThat(column("dyn").doubles().get(1)).isEqualTo(3);
    assertThat(column("dyn").doubles().get(3)).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | MISSING_FIELD | x.f | a number expected, the field is absent or null",
        "{'x': null} | MISSING_FIELD | x.f | absent or null",
        "{'x': {'f': null}, 'i': 1, 't': ''} | MISSING_FIELD | x.f | absent or null",
        "{'x': 5} | WRONG_TYPE | x | an object expected, a number came",
        "{'x': {'f': '5'}} | WRONG_TYPE | x.f | a number expected, text came",
        "{'x': {'f': {}}} | WRONG_TYPE | x.f | a number expected, an object came",
        "{'x': {'f': [5]}} | WRONG_TYPE | x.f | a number expected, an array came",
        "{'x': {'f': true}} | WRONG_TYPE | x.f | a number expected, a boolean came",
        "{'x': {'f': 1e39}} | OUT_OF_RANGE | x.f | float32 expected, 1e39 came",
        "{'i': 1.5} | WRONG_TYPE | i | a whole number expected, 1.5 came",
        "{'i': 128} | OUT_OF_RANGE | i | int8 expected, 128 came",
        "{'i': -129} | OUT_OF_RANGE | i | int8 expected, -129 came",
        "{'i': 'NaN'} | WRONG_TYPE | i | a whole number expected, text came",
        "{'t': 5} | WRONG_TYPE | t | text expected, a number came",
        "{'t': '\\ud800'} | INVALID_UTF8 | t | half of a surrogate pair",
        "{'b': 1} | WRONG_TYPE | b | a boolean expected, a number came",
        "{'v': [1, 'x']} | WRONG_TYPE | v | a number expected at element 1, text came",
        "{'v': {}} | WRONG_TYPE | v | an array of numbers expected, an object came",
        "{'i': 1, 'i': 1} | DUPLICATE_FIELD | i | the field stands twice",
        "{'i': null, 'i': 1} | DUPLICATE_FIELD | i | the field stands twice",
        "{'x': {}, 'x': {'f': 1}} | DUPLICATE_FIELD | x | the field stands twice",
        "{'x': {'f': 1}, 'x.f': 1} | DUPLICATE_FIELD | x.f | the field stands twice",
        "[1] | WRONG_TYPE | '' | a JSON object expected, an array came",
        "null | WRONG_TYPE | '' | a JSON object expected, null came",
        "5 | WRONG_TYPE | '' | a JSON object expected, a number came",
      })
  void shouldRejectAWellFormedDocumentThatDoesNotFit(String document, RejectReason reason, String field, String message) {
    everyKind();

    reject(document, reason, field.equals("''") ? "" : field, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "nope | null expected at byte 1, but there is 'o'",
        "{'q': Nan} | a value expected at byte 6, but there is 'N'",
        "{'q': inf} | a value expected at byte 6, but there is 'i'",
        "{'i': 01} | a comma or } expected at byte 7",
        "{'i': +1} | a value expected at byte 6",
        "{'i': .5} | a value expected",
        "{'i': 1.} | a digit expected",
        "{'i': 1e} | a digit expected",
        "{'q': 1.} | a digit expected",
        "{'q': 1e+} | a digit expected",
        "{'q': -} | a digit expected",
        "{'i': 1,} | a name in quotes expected",
        "{'q': [1,]} | a value expected",
        "{'q': [1 2]} | a comma or ] expected",
        "{'q': {'a' 1}} | a colon expected",
        "{'q': {'a': 1,}} | a name in quotes expected",
        "{'q': [}} | a value expected",
        "{'q': {]} | a name in quotes expected",
        "{'q': tru} | true expected",
        "{'q': nulL} | null expected",
        "{'q': '\\x'} | no escape starts with 'x'",
        "{'q': '\\u12g4'} | four hexadecimal digits",
        "{'i' 1} | a colon expected",
        "{i: 1} | a name in quotes expected",
      })
  void shouldRejectWhatIsNotJson(String document, String message) {
    field("i", ElementType.FLOAT32);
    shaped("v", ElementType.FLOAT32, 0.0, 2);
    shaped("x.f", ElementType.FLOAT32, 0.0);

    reject(document, RejectReason.MALFORMED, "", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'x': {'f': NaN}} | NONFINITE_LITERAL | a value expected at byte 12, but there is NaN, which JSON does not have",
        "{'v': [NaN]} | NONFINITE_LITERAL | a value expected at byte 7",
        "{'q': Infinity} | NONFINITE_LITERAL | a value expected at byte 6, but there is Infinity",
        "{'x': {'f': -Infinity}} | NONFINITE_LITERAL | a digit expected at byte 13, but there is Infinity",
        "{'q': -NaN} | NONFINITE_LITERAL | a digit expected at byte 7, but there is NaN",
        "{'i': 1 | TRUNCATED | the document ends in the middle, after 7 bytes",
        "{'i': - | TRUNCATED | the document ends in the middle",
        "{'i': 1. | TRUNCATED | the document ends in the middle",
        "{'q': 1. | TRUNCATED | the document ends in the middle",
        "{'q': Na | MALFORMED | there is 'N'",
        "{'i | TRUNCATED | the document ends in the middle",
        "{'q': '\\u00 | TRUNCATED | the document ends in the middle",
        "[1, 2 | TRUNCATED | the document ends in the middle",
        "{'i': 1}} | TRAILING_BYTES | the document ends before byte 8, and '}' follows",
        "{'i': 1} x | TRAILING_BYTES | the document ends before byte 9, and 'x' follows",
        "{'i': 1}{} | TRAILING_BYTES | the document ends before byte 8",
        "[1] [2] | TRAILING_BYTES | the document ends before byte 4",
      })
  void shouldSayWhichOfTheUsualMistakesADocumentHas(String document, RejectReason reason, String message) {
    field("i", ElementType.FLOAT32);
    shaped("v", ElementType.FLOAT32, 0.0, 2);
    shaped("x.f", ElementType.FLOAT32, 0.0);

    reject(document, reason, "", message);
  }

  @Test
  void shouldNameTheElementThatIsNull() {
    vector("v", ElementType.FLOAT32, 2);

    reject("{'v': [1, null]}", RejectReason.MISSING_FIELD, "v", "a number expected at element 1, null came");
  }

  @Test
  void shouldRejectBytesThatAreNotUtf8() {
    shaped("i", ElementType.FLOAT32, 0.0);
    int[][] bad = {{0xFF}, {0x80}, {0xC0, 0x80}, {0xC1, 0xBF}, {0xE0, 0x80, 0x80}, {0xED, 0xA0, 0x80}, {0xF0, 0x80, 0x80, 0x80}, {0xF4, 0x90, 0x80, 0x80}, {0xF5, 0x80, 0x80, 0x80}, {0xC3}, {0xE2, 0x82}};
    for (int[] bytes : bad) {
      byte[] document = "{\"q\": \"....\"}".getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < bytes.length; i++) {
        document[7 + i] = (byte) bytes[i];
      }
      rejectBytes(document, RejectReason.INVALID_UTF8, "", "no character starts at byte 7");
      rejectBytes(Arrays.copyOf(document, 7 + bytes.length), RejectReason.INVALID_UTF8, "", "at byte 7");
    }
    reject("{'q': '\u0001'}", RejectReason.MALFORMED, "", "the control character 0x01 stands in a string at byte 7");
    reject("{'q': '\n'}", RejectReason.MALFORMED, "", "the control character 0x0a");
    rejectBytes(new byte[0], RejectReason.MALFORMED, "", "the value is empty");
    rejectBytes(null, RejectReason.NULL_VALUE, "", "the value is null");
    rejectBytes("\ufeff{}".getBytes(StandardCharsets.UTF_8), RejectReason.MALFORMED, "", "0xef");
  }

  @Test
  void shouldBoundDepthAndTheLengthOfNumbers() {
    shaped("i", ElementType.FLOAT32, 0.0);
    shaped("v", ElementType.FLOAT32, 0.0, 1);

    accept("{'q': " + "[".repeat(511) + "]".repeat(511) + "}");
    reject("{'q': " + "[".repeat(512) + "]".repeat(512) + "}", RejectReason.TOO_DEEP, "", "more than 512");
    reject("{'q': " + "{'a':".repeat(600) + "1" + "}".repeat(600) + "}", RejectReason.TOO_DEEP, "", "more than 512");
    reject("[".repeat(1_000_000), RejectReason.TOO_DEEP, "", "more than 512");
    reject("{'v': " + "[".repeat(100_000), RejectReason.TOO_DEEP, "v", "more than 32 dimensions");
    accept("{'i': 0." + "1".repeat(998) + "}");
    reject("{'i': 0." + "1".repeat(999) + "}", RejectReason.MALFORMED, "", "a number of 1001 characters");
    reject("{'q': " + "1".repeat(5_000_000) + "}", RejectReason.MALFORMED, "", "a number of 5000000 characters");
  }

  @Test
  void shouldLeaveNeighboursUnharmedByARejectedRecord() {
    vector("v", ElementType.FLOAT32, 2);
    field("t", ElementType.TEXT);

    accept("{'t': 'one', 'v': [1, 2]}");
    reject("{'t': 'bad', 'v': [3]}", RejectReason.WRONG_SHAPE, "v", "2 numbers expected, 1 came");
    accept("{'v': [5, 6], 't': 'two'}");

    assertThat(batch.rows()).isEqualTo(2);
    assertThat(floats("v", 4)).containsExactly(1, 2, 5, 6);
    assertThat(column("t").text(1)).isEqualTo("two");
  }

  @Test
  void shouldAnswerFalseWhenTheBatchIsFull() {
    vector("v", ElementType.FLOAT32, 4);
    start(2 * 16);

    accept("{'v': [1,2,3,4]}");
    accept("{'v': [5,6,7,8]}");

    assertThat(decode("{'v': [9,9,9,9]}")).isFalse();
    assertThat(batch.rejected()).isZero();
    batch.removeLastRecord();
    assertThat(batch.rows()).isEqualTo(2);
    assertThat(floats("v", 8)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void shouldRepeatOuterFieldsForEachRow() {
    rowsPath = "req.items";
    field("price", ElementType.FLOAT32);
    field("user.age", ElementType.INT32);
    vector("user.v", ElementType.FLOAT32, 2);
    field("name", ElementType.TEXT);
    shaped("tags", ElementType.TEXT, null, -1);
    shaped("stock", ElementType.INT64, 7L);
    field("req.items.id", ElementType.JSON);

    accept(
        """
        {"user": {"v": [1, 2], "age": 41}, "req": {"items": [
           {"price": 1.5, "id": "a", "name": "own"}, {"id": 2, "price": 2.5, "tags": ["x"]}, {"price": 3.5, "id": null, "user": {"age": 9}, "name": null, "stock": 1}]},
         "name": "outer", "tags": ["p", "q"]}
        """);
    accept("{'req': {'items': []}}");
    accept("{'req': {'items': [{'price': 4, 'id': 5, 'name': 'n', 'tags': [], 'user': {'v': [3, 4], 'age': 1}}]}}");

    assertThat(batch.rowStart(1)).isEqualTo(3);
    assertThat(batch.rowEnd(1)).isEqualTo(3);
    assertThat(batch.rows()).isEqualTo(4);
    assertThat(floats("price", 4)).containsExactly(1.5f, 2.5f, 3.5f, 4f);
    assertThat(List.of(column("user.age").ints().get(0), column("user.age").ints().get(1), column("user.age").ints().get(2))).containsExactly(41, 41, 9);
    assertThat(floats("user.v", 8)).containsExactly(1, 2, 1, 2, 1, 2, 3, 4);
    assertThat(texts("name")).containsExactly("own", "outer", "outer", "n");
    assertThat(texts("tags")).containsExactly("p", "q", "x", "p", "q");
    assertThat(texts("req.items.id")).containsExactly("\"a\"", "2", "null", "5");
    assertThat(column("stock").longs().get(0)).isEqualTo(7);
    assertThat(column("stock").longs().get(2)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | MISSING_FIELD | items | an array of rows expected, the field is absent or null",
        "{'items': null} | MISSING_FIELD | items | absent or null",
        "{'items': {}} | WRONG_TYPE | items | an array of rows expected, an object came",
        "{'items': [{'p': 1}, 5], 'o': 1} | WRONG_TYPE | items | an object expected, in items[1], a number came",
        "{'items': [{'p': 1}, {}], 'o': 1} | MISSING_FIELD | p | the field is absent or null, in items[1]",
        "{'items': [{'p': 1}, {'p': 'x'}], 'o': 1} | WRONG_TYPE | p | a number expected, text came, in items[1]",
        "{'items': [{'p': 1, 'p': 1}], 'o': 1} | DUPLICATE_FIELD | p | in items[0]",
        "{'items': [{'p': 1}]} | MISSING_FIELD | o | absent or null",
        "{'items': [{'p': 1}], 'o': 'x'} | WRONG_TYPE | o | a number expected, text came",
        "{'items': [{'p': 1}], 'o': 1, 'o': 1} | DUPLICATE_FIELD | o | twice",
        "{'items': [], 'items': [{'p': 1}], 'o': 1} | DUPLICATE_FIELD | items | twice",
        "{'items': [{'p': 1}], 'o': 1 | TRUNCATED | '' | ends in the middle",
        "{'items': [{'p': 1], 'o': 1} | MALFORMED | '' | a comma or }",
        "{'items': [{'p':1},{'p':1},{'p':1},{'p':1},{'p':1}], 'o': 1} | TOO_LARGE | '' | more rows than the 4 that fit",
      })
  void shouldRejectRecordsOfManyRowsThatDoNotFit(String document, RejectReason reason, String field, String message) {
    rowsPath = "items";
    field("p", ElementType.FLOAT32);
    field("o", ElementType.FLOAT32);
    start(4 * 8);

    reject(document, reason, field.equals("''") ? "" : field, message);
    accept("{'o': 8, 'items': [{'p': 1}, {'p': 2}]}");
    assertThat(decode("{'o': 9, 'items': [{'p': 1}, {'p': 2}, {'p': 3}]}")).isFalse();
    batch.removeLastRecord();
    assertThat(floats("p", 2)).containsExactly(1, 2);
    assertThat(floats("o", 2)).containsExactly(8, 8);
  }

  @Test
  void shouldRejectWhenALargeTextAroundManyRowsWouldBeRepeatedInEach() {
    rowsPath = "items";
    field("t", ElementType.TEXT);
    String rows = "{},".repeat(999) + "{}";

    accept("{'t':'" + "x".repeat(1000) + "','items':[" + rows + "]}");
    assertThat(column("t").text(999)).hasSize(1000);
    reject("{'items':[" + rows + "],'t':'" + "x".repeat(100_000) + "'}", RejectReason.TOO_LARGE, "t", "repeated");
  }

  private void everyKind() {
    field("x.f", ElementType.FLOAT32);
    shaped("i", ElementType.INT8, 0L);
    shaped("t", ElementType.TEXT, "");
    shaped("b", ElementType.BOOL, false);
    shaped("v", ElementType.FLOAT64, 0.0, 2);
  }

  private void field(String path, ElementType type) {
    shaped(path, type, null);
  }

  private void vector(String path, ElementType type, int size) {
    shaped(path, type, null, size);
  }

  private void shaped(String path, ElementType type, @Nullable Object fallback, int... dims) {
    fields.add(new SourceField(path, columns.size(), fallback));
    columns.add(new ColumnSpec("input." + path, type, RowShape.of(dims)));
  }

  private void start(long maxBytes) {
    Layout layout = new Layout(columns);
    batch = new Batch(layout, maxBytes);
    decoder = Formats.decoder("json", new SourceSchema(layout, fields, rowsPath));
  }

  private boolean decode(String document) {
    return decodeBytes(document.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private boolean decodeBytes(byte @Nullable [] value) {
    if (batch == null) {
      start(1 << 20);
    }
    batch.addRecord(null, value, 0, 0, 0, null);
    return decoder.decode(batch);
  }

  private void accept(String document) {
    assertThat(decode(document)).isTrue();
    assertThat(batch.rejection(batch.records() - 1)).isNull();
  }

  private void reject(String document, RejectReason reason, String field, String message) {
    rejectBytes(document.replace('\'', '"').getBytes(StandardCharsets.UTF_8), reason, field, message);
  }

  private void rejectBytes(byte @Nullable [] value, RejectReason reason, String field, String message) {
    assertThat(decodeBytes(value)).isTrue();
    Reject reject = batch.rejection(batch.records() - 1);
    assertThat(reject).isNotNull();
    assertThat(reject.step()).isEqualTo(Reject.SOURCE);
    assertThat(reject.message()).contains(message);
    assertThat(reject.reason()).isEqualTo(reason);
    assertThat(reject.field()).isEqualTo(field);
  }

  private Column column(String path) {
    return batch.column(batch.layout().slot("input." + path));
  }

  private float[] floats(String path, int count) {
    float[] values = new float[count];
    column(path).floats().get(0, values);
    return values;
  }

  private List<String> texts(String path) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < column(path).texts(); i++) {
      texts.add(column(path).text(i));
    }
    return texts;
  }
}
