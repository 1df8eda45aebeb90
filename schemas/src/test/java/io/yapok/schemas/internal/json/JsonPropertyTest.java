package io.yapok.schemas.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.yapok.schemas.Batch;
import io.yapok.schemas.Column;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Formats;
import io.yapok.schemas.Layout;
import io.yapok.schemas.ModelVersion;
import io.yapok.schemas.RecordDecoder;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.ResultEncoder;
import io.yapok.schemas.ResultSchema;
import io.yapok.schemas.ResultSchema.Named;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.SourceField;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.internal.json.JacksonTree.Num;
import io.yapok.schemas.internal.json.RandomJson.Member;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random documents, good and bad, read and written beside Jackson. */
class JsonPropertyTest {
  private static final Set<RejectReason> NOT_JSON =
      EnumSet.of(
          RejectReason.MALFORMED, RejectReason.TRUNCATED, RejectReason.TRAILING_BYTES, RejectReason.TOO_DEEP, RejectReason.INVALID_UTF8, RejectReason.NONFINITE_LITERAL);

  private static final List<ColumnSpec> COLUMNS =
      List.of(
          new ColumnSpec("f", ElementType.FLOAT32, RowShape.of(2, 3)),
          new ColumnSpec("o.d", ElementType.FLOAT64, RowShape.SCALAR),
          new ColumnSpec("o.p.i", ElementType.INT64, RowShape.of(2)),
          new ColumnSpec("o.p.t", ElementType.TEXT, RowShape.SCALAR),
          new ColumnSpec("b", ElementType.BOOL, RowShape.of(3)),
          new ColumnSpec("v", ElementType.FLOAT32, RowShape.of(-1)),
          new ColumnSpec("w", ElementType.TEXT, RowShape.of(-1, 2)),
          new ColumnSpec("j", ElementType.JSON, RowShape.SCALAR),
          new ColumnSpec("é\u0001", ElementType.INT16, RowShape.SCALAR));
  private static final Layout LAYOUT = new Layout(COLUMNS);

  private static final int ROUNDS = Integer.getInteger("yapok.test.rounds", 400);
  private static final String STRUCTURE = "{}[]\",:\\ntf01.-eE\u0000\n ";

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final RandomJson json = new RandomJson(random);
  private final RecordDecoder decoder = decoder(null);

  JsonPropertyTest() {
    System.out.println("seed " + seed);
  }

  @Test
  void shouldReadWhatJacksonReads() {
    for (int round = 0; round < 300; round++) {
      Batch batch = new Batch(LAYOUT, 1 << 20);
      int records = 1 + random.nextInt(20);
      for (int i = 0; i < records; i++) {
        batch.addRecord(null, json.object(members()), 0, 0, 0, null);
        assertThat(decoder.decode(batch)).isTrue();
        assertThat(batch.rejection(i)).as("seed %d: %s", seed, show(batch.value(i))).isNull();
      }
      for (int i = 0; i < records; i++) {
        Object tree = JacksonTree.read(batch.value(i));
        for (int slot = 0; slot < COLUMNS.size(); slot++) {
          checkColumn(batch.column(slot), i, at(tree, COLUMNS.get(slot).name()), batch.value(i));
        }
      }
    }
  }

  /** What is JSON to Jackson is JSON to us and the other way round; bad records leave no trace in those beside them. */
  @Test
  void shouldRefuseWhatJacksonRefusesAndLeaveNeighboursUnharmed() {
    Set<RejectReason> seen = EnumSet.noneOf(RejectReason.class);
    Set<RejectReason> allowed =
        EnumSet.of(RejectReason.MISSING_FIELD, RejectReason.WRONG_TYPE, RejectReason.WRONG_SHAPE, RejectReason.UNEVEN_ROWS, RejectReason.OUT_OF_RANGE, RejectReason.DUPLICATE_FIELD);
    allowed.addAll(NOT_JSON);
    RecordDecoder anything = Formats.decoder("json", new SourceSchema(new Layout(List.of()), List.of(), null));
    for (int round = 0; round < ROUNDS; round++) {
      Batch mixed = new Batch(LAYOUT, 1 << 20);
      Batch alone = new Batch(LAYOUT, 1 << 20);
      for (int i = 0; i < 25; i++) {
        byte[] document = mutated(json.object(members()));
        mixed.addRecord(null, document, 0, 0, 0, null);
        assertThat(decoder.decode(mixed)).isTrue();
        Reject reject = mixed.rejection(i);
        if (reject == null) {
          alone.addRecord(null, document, 0, 0, 0, null);
          decoder.decode(alone);
        } else {
          seen.add(reject.reason());
          assertThat(allowed).contains(reject.reason());
          assertThat(reject.message()).as("seed %d", seed).hasSizeBetween(1, 503).doesNotContain("\n");
        }
        boolean isJson = JacksonTree.isJson(document);
        if (isJson == isMalformed(anything, document)) {
          assertThat(isJson).as("seed %d: Jackson's opinion of %s", seed, show(document)).isEqualTo(!isJson);
        }
        assertThat(isJson || reject != null).isTrue();
      }
      checkEqual(mixed, alone);
    }
    assertThat(seen).contains(RejectReason.MALFORMED, RejectReason.TRUNCATED, RejectReason.WRONG_TYPE, RejectReason.MISSING_FIELD);
  }

  @Test
  void shouldReadManyRowsAsManyRecordsOfOneRow() {
    RecordDecoder many = decoder("items");
    for (int round = 0; round < 300; round++) {
      List<Member> outer = members();
      List<List<Member>> rows = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        rows.add(members().stream().filter(member -> !member.name().equals("o") && random.nextBoolean()).toList());
      }
      StringBuilder array = new StringBuilder("[");
      for (List<Member> row : rows) {
        array.append(array.length() == 1 ? "" : " ,").append(text(json.object(row)));
      }
      Batch expected = new Batch(LAYOUT, 1 << 20);
      for (List<Member> row : rows) {
        List<Member> joined = new ArrayList<>(row);
        outer.stream().filter(member -> row.stream().noneMatch(own -> own.name().equals(member.name()))).forEach(joined::add);
        expected.addRecord(null, json.object(joined), 0, 0, 0, null);
        assertThat(decoder.decode(expected)).isTrue();
        assertThat(expected.rejected()).isZero();
      }
      List<Member> all = new ArrayList<>(outer);
      all.add(random.nextInt(all.size() + 1), new Member("items", array.append(']').toString(), List.of()));
      Batch actual = new Batch(LAYOUT, 1 << 20);
      actual.addRecord(null, json.object(all), 0, 0, 0, null);
      assertThat(many.decode(actual)).isTrue();
      assertThat(actual.rejection(0)).as("seed %d: %s", seed, show(actual.value(0))).isNull();
      checkEqual(actual, expected);
    }
  }

  @Test
  void shouldWriteWhatJacksonReadsBack() {
    List<Named> outputs = new ArrayList<>();
    for (int slot = 0; slot < COLUMNS.size(); slot++) {
      outputs.add(new Named(COLUMNS.get(slot).name(), slot));
    }
    ResultSchema schema = new ResultSchema(LAYOUT, json.text(), json.text(), List.of(new ModelVersion(json.text(), 1, "0")), outputs, List.of(), List.of(), false, List.of(), List.of());
    ResultEncoder encoder = Formats.encoder("json", schema);
    for (int round = 0; round < 300; round++) {
      Batch batch = new Batch(LAYOUT, 1 << 20);
      for (int i = 0; i < 10; i++) {
        batch.addRecord(null, json.object(members()), 0, i, round, null);
        decoder.decode(batch);
        Column floats = batch.column(0);
        floats.floats().put(floats.start(i), Float.intBitsToFloat(random.nextInt()));
        Column doubles = batch.column(1);
        doubles.doubles().put(i, Double.longBitsToDouble(random.nextLong()));
      }
      for (int i = 0; i < 10; i++) {
        byte[] result = encoder.encode(batch, i, 5);
        assertThat(text(result)).doesNotContain("\n").doesNotContain("\r");
        Object tree = JacksonTree.read(result);
        assertThat(at(tree, "in")).isEqualTo(JacksonTree.read(batch.value(i)));
        assertThat(at(tree, "metadata.partition")).isEqualTo(new Num(Integer.toString(i)));
        assertThat(at(tree, "metadata.pipeline")).isEqualTo(schema.pipeline());
        Map<?, ?> out = (Map<?, ?>) at(tree, "out");
        for (int slot = 0; slot < COLUMNS.size(); slot++) {
          checkColumn(batch.column(slot), i, out.get(COLUMNS.get(slot).name()), batch.value(i));
        }
      }
    }
  }

  private List<Member> members() {
    List<Member> deep = shuffled(member("i", flat(2, () -> Long.toString(random.nextLong() >> random.nextInt(64)))), member("t", json.quoted(json.text())));
    List<Member> inside = shuffled(member("d", number()), new Member("p", "", deep));
    String nested = "[" + flat(3, this::number) + "," + flat(3, this::number) + "]";
    return shuffled(
        member("f", random.nextBoolean() ? nested : flat(6, this::number)),
        new Member("o", "", inside),
        member("b", flat(3, () -> Boolean.toString(random.nextBoolean()))),
        member("v", flat(random.nextInt(5), this::number)),
        member("w", flat(random.nextInt(4), () -> flat(2, () -> json.quoted(json.text())))),
        member("j", flat(random.nextInt(3), () -> "{\"a\": [1.50 , null]}")),
        member("é\u0001", Integer.toString((short) random.nextInt()) + (random.nextBoolean() ? "" : ".0")));
  }

  private static Member member(String name, String value) {
    return new Member(name, value, List.of());
  }

  private List<Member> shuffled(Member... members) {
    List<Member> list = new ArrayList<>(Arrays.asList(members));
    if (random.nextBoolean()) {
      Collections.shuffle(list, random);
    }
    return list;
  }

  private String number() {
    return switch (random.nextInt(6)) {
      case 0 -> "\"" + List.of("NaN", "Infinity", "-Infinity").get(random.nextInt(3)) + "\"";
      case 1 -> Integer.toString(random.nextInt(1000));
      case 2 -> Float.toString(random.nextFloat());
      case 3 -> random.nextInt(100) + "e-" + random.nextInt(60);
      default -> Double.toString(random.nextGaussian());
    };
  }

  private static String flat(int count, java.util.function.Supplier<String> element) {
    StringBuilder array = new StringBuilder("[");
    for (int i = 0; i < count; i++) {
      array.append(i == 0 ? "" : " , ").append(element.get());
    }
    return array.append(']').toString();
  }

  private byte[] mutated(byte[] document) {
    byte[] changed = document;
    for (int i = random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(changed.length);
      switch (random.nextInt(6)) {
        case 0 -> changed = changed.length > 1 ? Arrays.copyOf(changed, Math.max(1, at)) : changed;
        case 1 -> changed = splice(changed, at, at + 1, new byte[0]);
        case 2 -> changed = splice(changed, at, at + 1, new byte[] {(byte) random.nextInt()});
        case 3 -> changed = splice(changed, at, at, new byte[] {(byte) STRUCTURE.charAt(random.nextInt(STRUCTURE.length()))});
        case 4 -> changed = splice(changed, at, Math.min(changed.length, at + random.nextInt(20)), new byte[0]);
        default -> {
          int from = random.nextInt(changed.length);
          changed = splice(changed, at, at, Arrays.copyOfRange(changed, from, Math.min(changed.length, from + random.nextInt(30))));
        }
      }
      if (changed.length == 0) {
        changed = new byte[] {'{'};
      }
    }
    return changed;
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] insert) {
    byte[] result = new byte[from + insert.length + bytes.length - to];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(insert, 0, result, from, insert.length);
    System.arraycopy(bytes, to, result, from + insert.length, bytes.length - to);
    return result;
  }

  private static boolean isMalformed(RecordDecoder anything, byte[] document) {
    Batch batch = new Batch(new Layout(List.of()), 1);
    batch.addRecord(null, document, 0, 0, 0, null);
    assertThat(anything.decode(batch)).isTrue();
    Reject reject = batch.rejection(0);
    return reject != null && NOT_JSON.contains(reject.reason());
  }

  private void checkColumn(Column column, int row, @Nullable Object value, byte[] document) {
    List<@Nullable Object> expected = new ArrayList<>();
    if (column.spec().type() != ElementType.JSON) {
      flatten(value, expected);
      assertThat(column.count(row)).as("%s of %s", column.spec().name(), show(document)).isEqualTo(expected.size());
    }
    for (int i = 0; i < expected.size(); i++) {
      Object actual = element(column, column.start(row) + i);
      Object wanted = converted(expected.get(i), column.spec().type());
      if (!actual.equals(wanted)) {
        assertThat(actual).as("seed %d: %s of %s", seed, column.spec().name(), show(document)).isEqualTo(wanted);
      }
    }
    if (column.spec().type() == ElementType.JSON) {
      assertThat(JacksonTree.read(column.text(row).getBytes(StandardCharsets.UTF_8))).isEqualTo(value);
    }
  }

  private static void flatten(@Nullable Object value, List<@Nullable Object> into) {
    if (value instanceof List<?> list) {
      list.forEach(each -> flatten(each, into));
    } else {
      into.add(value);
    }
  }

  private static Object converted(Object value, ElementType type) {
    String text = value instanceof Num number ? number.text() : value.toString();
    return switch (type) {
      case FLOAT32 -> Float.parseFloat(text);
      case FLOAT64 -> Double.parseDouble(text);
      case INT16, INT64 -> new java.math.BigDecimal(text).longValueExact();
      default -> value;
    };
  }

  private static Object element(Column column, int element) {
    return switch (column.spec().type()) {
      case FLOAT32 -> column.floats().get(element);
      case FLOAT64 -> column.doubles().get(element);
      case INT16 -> (long) column.shorts().get(element);
      case INT64 -> column.longs().get(element);
      case BOOL -> column.bytes().get(element) == 1;
      default -> column.text(element);
    };
  }

  private void checkEqual(Batch actual, Batch expected) {
    assertThat(actual.rows()).isEqualTo(expected.rows());
    for (int slot = 0; slot < COLUMNS.size(); slot++) {
      Column column = actual.column(slot);
      Column other = expected.column(slot);
      for (int row = 0; row < expected.rows(); row++) {
        assertThat(column.count(row)).isEqualTo(other.count(row));
        for (int i = 0; i < other.count(row); i++) {
          Object value = element(column, column.start(row) + i);
          assertThat(value).as("seed %d: %s", seed, column.spec().name()).isEqualTo(element(other, other.start(row) + i));
        }
      }
    }
  }

  private static @Nullable Object at(@Nullable Object tree, String path) {
    Object value = tree;
    for (String name : path.split("\\.")) {
      value = ((Map<?, ?>) value).get(name);
    }
    return value;
  }

  private static RecordDecoder decoder(@Nullable String rowsPath) {
    List<SourceField> fields = new ArrayList<>();
    for (int slot = 0; slot < COLUMNS.size(); slot++) {
      fields.add(new SourceField(COLUMNS.get(slot).name(), slot, null));
    }
    return Formats.decoder("json", new SourceSchema(LAYOUT, fields, rowsPath));
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static String show(byte @Nullable [] utf8) {
    return utf8 == null ? "null" : text(utf8);
  }
}
