package io.yapok.schemas.internal.avro;

import io.yapok.schemas.ElementType;
import io.yapok.schemas.RecordSchemas.Mismatch;
import io.yapok.schemas.internal.avro.WantedPath.Indexed;
import io.yapok.schemas.internal.field.ArrayProgress;
import io.yapok.schemas.internal.field.FieldTarget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Turns a writer's schema and the paths that a pipeline reads into nodes. What is wanted is looked for by the writer's names, then by the aliases that it gives them; fields next to each other that nobody
 * wants and whose size is known are passed over in one go.
 */
final class SchemaCompiler {
  private final ArrayProgress progress;
  private final RowsPlace rowsPlace;
  private final @Nullable WantedPath rowPaths;
  private final ValueNode[] noted;
  private final SkipCompiler skips = new SkipCompiler();
  private final Set<FieldTarget> found = new HashSet<>();
  private final Set<Mismatch> mismatches = new LinkedHashSet<>();

  /**
   * A compiler for one schema.
   *
   * @param rowPaths what is wanted of each row; null where a record is one row
   * @param noted where values around rows keep by what they are read, an entry for each target
   */
  SchemaCompiler(ArrayProgress progress, RowsPlace rowsPlace, @Nullable WantedPath rowPaths, ValueNode[] noted) {
    this.progress = progress;
    this.rowsPlace = rowsPlace;
    this.rowPaths = rowPaths;
    this.noted = noted;
  }

  /** A reader of records of this schema. */
  ValueNode compile(Schema schema, WantedPath wanted) {
    return inside(schema, wanted, rowPaths != null);
  }

  /** The targets that the schema has a place for. */
  Set<FieldTarget> found() {
    return found;
  }

  /** What records of this schema would be rejected for, wherever they have it. */
  Set<Mismatch> mismatches() {
    return mismatches;
  }

  private ValueNode value(Schema schema, @Nullable WantedPath wanted, boolean around) {
    if (wanted == null) {
      return skips.skip(schema);
    }
    List<ValueNode> nodes = new ArrayList<>();
    for (Indexed target : wanted.targets()) {
      nodes.add(leaf(schema, target, around));
    }
    if (wanted.holdsRows() && around) {
      nodes.add(rows(schema, wanted)); // what is wanted of the rows is read from each of them
    } else if (!wanted.children().isEmpty()) {
      nodes.add(inside(schema, wanted, around));
    }
    return switch (nodes.size()) {
      case 0 -> skips.skip(schema);
      case 1 -> nodes.getFirst();
      default -> new Nodes.Together(nodes.toArray(ValueNode[]::new));
    };
  }

  private ValueNode inside(Schema schema, WantedPath wanted, boolean around) {
    return switch (schema.getType()) {
      case RECORD -> SkipCompiler.fields(schema, field -> value(field.schema(), child(schema, field, wanted), around));
      case MAP -> entries(schema, wanted, around);
      case UNION -> branches(schema, branch -> inside(branch, wanted, around));
      case NULL -> Skips.NOTHING;
      case ENUM, FIXED, ARRAY, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN -> refused(schema, wanted.path(), "a record expected");
    };
  }

  /** What is wanted of a field: that of its name, or of an alias that no other field has for its name. */
  private static @Nullable WantedPath child(Schema record, Schema.Field field, WantedPath wanted) {
    WantedPath named = wanted.children().get(field.name());
    Optional<String> alias = field.aliases().stream().filter(name -> record.getField(name) == null && wanted.children().containsKey(name)).findFirst();
    return named != null || alias.isEmpty() ? named : wanted.children().get(alias.get());
  }

  private ValueNode entries(Schema map, WantedPath wanted, boolean around) {
    byte[][] names = wanted.children().keySet().stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    ValueNode[] values = wanted.children().values().stream().map(child -> value(map.getValueType(), child, around)).toArray(ValueNode[]::new);
    return new Nodes.Entries(wanted.path(), names, values, skips.skip(map.getValueType()));
  }

  private ValueNode rows(Schema schema, WantedPath wanted) {
    return switch (schema.getType()) {
      case ARRAY -> new Leaves.Rows(row(schema.getElementType()), skips.skip(schema), rowsPlace);
      case UNION -> branches(schema, branch -> rows(branch, wanted));
      case NULL -> Skips.NOTHING;
      case RECORD, MAP, ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN -> refused(schema, wanted.path(), "an array of rows expected");
    };
  }

  private ValueNode row(Schema entry) {
    if (rowPaths == null) {
      throw new IllegalStateException("records are one row each");
    }
    return inside(entry, rowPaths, false);
  }

  private ValueNode leaf(Schema schema, Indexed indexed, boolean around) {
    FieldTarget target = indexed.target();
    found.add(target);
    if (schema.getType() == Schema.Type.UNION) {
      return branches(schema, branch -> leaf(branch, indexed, around));
    }
    if (schema.getType() == Schema.Type.NULL && !target.keepsNull()) {
      return Skips.NOTHING;
    }
    ValueNode leaf = leaf(schema, target);
    return around ? new Leaves.Noted(target, indexed.index(), leaf, skips.skip(schema), noted) : leaf;
  }

  private ValueNode leaf(Schema schema, FieldTarget target) {
    int leastBytes = skips.skip(schema).leastBytes();
    if (target.type() == ElementType.JSON) {
      return new Leaves.AsJson(target, schema, leastBytes);
    }
    boolean isVector = target.shape().rank() > 0;
    if (isVector && schema.getType() == Schema.Type.ARRAY) {
      return new Leaves.Many(target, array(schema, target), progress);
    }
    if (isVector && isOctets(schema) && (target.type() == ElementType.UINT8 || target.type() == ElementType.INT8)) {
      return new Leaves.Octets(target, schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : -1, progress);
    }
    if (target.shape().elements() == 1 && !holdsOthers(schema)) {
      return new Leaves.Single(target, element(schema, target), progress, leastBytes);
    }
    return refused(schema, target.path(), (isVector ? "an array of " + target.wantedMany() : target.wanted()) + " expected");
  }

  private ArrayReader array(Schema array, FieldTarget target) {
    Schema entry = array.getElementType();
    if (entry.getType() == Schema.Type.ARRAY) {
      ArrayReader inner = array(entry, target);
      return new ArrayReader(inner, inner.element(), skips.skip(entry));
    }
    return new ArrayReader(null, element(entry, target), skips.skip(entry));
  }

  private Element element(Schema schema, FieldTarget target) {
    if (schema.getType() == Schema.Type.UNION) {
      return new Elements.Branches(schema.getTypes().stream().map(branch -> element(branch, target)).toArray(Element[]::new));
    }
    Element element = Elements.of(schema, target);
    if (element instanceof Elements.Wrong(var kind)) {
      mismatches.add(new Mismatch(target.path(), target.wanted() + " expected, the schema has " + kind));
    }
    return element;
  }

  private static boolean isOctets(Schema schema) {
    return (schema.getType() == Schema.Type.BYTES || schema.getType() == Schema.Type.FIXED) && !(schema.getLogicalType() instanceof LogicalTypes.Decimal);
  }

  private static boolean holdsOthers(Schema schema) {
    return schema.getType() == Schema.Type.RECORD || schema.getType() == Schema.Type.MAP || schema.getType() == Schema.Type.ARRAY;
  }

  private ValueNode branches(Schema union, Function<Schema, ValueNode> branch) {
    return new Nodes.Choice(union.getTypes().stream().map(branch).toArray(ValueNode[]::new));
  }

  private ValueNode refused(Schema schema, String path, String wanted) {
    mismatches.add(new Mismatch(path, wanted + ", the schema has " + Kinds.of(schema)));
    return new Nodes.Refused(path, wanted + ", " + Kinds.of(schema) + " came", skips.skip(schema).leastBytes());
  }
}
