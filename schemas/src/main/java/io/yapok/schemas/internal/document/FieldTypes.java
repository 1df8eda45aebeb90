package io.yapok.schemas.internal.document;

import io.yapok.schemas.ElementType;
import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineDocument.DeclaredField;
import io.yapok.schemas.RowShape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads types, shapes and what stands in for absent fields. */
final class FieldTypes {
  /** What other systems call our types; a person who writes one of these is told ours. */
  private static final Map<String, String> ALSO_KNOWN_AS =
      Map.ofEntries(
          Map.entry("string", "text"),
          Map.entry("str", "text"),
          Map.entry("float", "float32"),
          Map.entry("real", "float32"),
          Map.entry("double", "float64"),
          Map.entry("number", "float64"),
          Map.entry("half", "float16"),
          Map.entry("int", "int32"),
          Map.entry("integer", "int32"),
          Map.entry("short", "int16"),
          Map.entry("long", "int64"),
          Map.entry("byte", "int8"),
          Map.entry("boolean", "bool"),
          Map.entry("object", "json"));

  private static final List<String> LABELS = Arrays.stream(ElementType.values()).map(ElementType::label).toList();

  private final Words words;
  private final Lists lists;
  private final ProblemList problems;

  FieldTypes(Words words, ProblemList problems) {
    this.words = words;
    this.lists = new Lists(words, problems);
    this.problems = problems;
  }

  /** A declared field: a type's name, or a mapping with type, shape and default. */
  @Nullable DeclaredField field(Located<String> path, Yaml value) {
    if (value instanceof Yaml.Scalar) {
      Located<ElementType> type = type(value);
      return type == null ? null : new DeclaredField(path, type.value(), RowShape.SCALAR, null, path.where());
    }
    Entries entries = Entries.of(value, "the field's type", Keys.FIELD, problems).orElse(null);
    if (entries == null) {
      return null;
    }
    Located<ElementType> type = type(entries.require("type", "float32"));
    RowShape shape = shape(entries.get("shape"));
    Located<Object> fallback = words.literal(entries.get("default"), "the default");
    if (type == null || (fallback != null && !fits(fallback, type.value()))) {
      return null;
    }
    return new DeclaredField(path, type.value(), shape, fallback, path.where());
  }

  @Nullable Located<ElementType> type(@Nullable Yaml value) {
    if (value instanceof Yaml.Scalar scalar && ALSO_KNOWN_AS.containsKey(scalar.text().toLowerCase(Locale.ROOT))) {
      String ours = ALSO_KNOWN_AS.getOrDefault(scalar.text().toLowerCase(Locale.ROOT), "");
      problems.add("the type is \"" + scalar.text() + "\"", scalar.where(), "write " + ours);
      return null;
    }
    Located<String> label = words.choice(value, "the type", LABELS);
    return label == null ? null : new Located<>(ElementType.valueOf(label.value().toUpperCase(Locale.ROOT)), label.where());
  }

  private RowShape shape(@Nullable Yaml value) {
    if (!(value instanceof Yaml.Sequence list)) {
      lists.elements(value, "the shape");
      return RowShape.SCALAR;
    }
    int[] dims = list.elements().stream().mapToInt(this::dimension).toArray();
    if (Arrays.stream(dims).asLongStream().reduce(1, FieldTypes::elements) > RowShape.MAX_ELEMENTS) {
      problems.add("the shape has more than " + RowShape.MAX_ELEMENTS + " elements", list.where(), "write the shape of one row");
      return RowShape.SCALAR;
    }
    return RowShape.of(dims);
  }

  private static long elements(long product, long dim) {
    return Math.min(RowShape.MAX_ELEMENTS + 1, product * Math.abs(dim));
  }

  private int dimension(Yaml element) {
    if (element instanceof Yaml.Scalar scalar && scalar.text().equals("?")) {
      return RowShape.DYNAMIC;
    }
    Located<Integer> dim = words.whole(element, "a dimension of the shape", 1, (int) RowShape.MAX_ELEMENTS);
    return dim == null ? 1 : dim.value();
  }

  /** Reports a default that the type cannot hold. */
  private boolean fits(Located<Object> fallback, ElementType type) {
    boolean fits =
        switch (type) {
          case FLOAT32, FLOAT64, FLOAT16, BFLOAT16 -> fallback.value() instanceof Number;
          case INT8 -> isWithin(fallback.value(), Byte.MIN_VALUE, Byte.MAX_VALUE);
          case UINT8 -> isWithin(fallback.value(), 0, 255);
          case INT16 -> isWithin(fallback.value(), Short.MIN_VALUE, Short.MAX_VALUE);
          case INT32 -> isWithin(fallback.value(), Integer.MIN_VALUE, Integer.MAX_VALUE);
          case INT64 -> fallback.value() instanceof Long;
          case BOOL -> fallback.value() instanceof Boolean;
          case TEXT -> fallback.value() instanceof String;
          case JSON -> true;
        };
    if (!fits) {
      problems.add("the default " + fallback + " is no " + type.label(), fallback.where(), "write one of the field's type");
    }
    return fits;
  }

  private static boolean isWithin(Object value, long least, long most) {
    return value instanceof Long number && number >= least && number <= most;
  }
}
