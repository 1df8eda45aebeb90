package io.yapok.schemas.internal.avro;

import io.yapok.schemas.RecordSchemas.Mismatch;
import io.yapok.schemas.SourceSchema;
import io.yapok.schemas.UnknownSchemaException;
import io.yapok.schemas.WriterSchemas;
import io.yapok.schemas.WriterSchemas.Written;
import io.yapok.schemas.internal.field.BadRecordException;
import io.yapok.schemas.internal.field.FieldTarget;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Compares a writer's schema with what a pipeline reads: the same compiler as for records says what it could not read. */
public final class SchemaMatch {
  private static final int ONLY = 0;

  private SchemaMatch() {}

  /**
   * What records of this schema would be rejected for.
   *
   * @throws UnknownSchemaException if it is none
   */
  public static List<Mismatch> mismatches(SourceSchema source, Written written) {
    WriterSchemas only = id -> written;
    AvroRecordDecoder decoder = new AvroRecordDecoder(source, only);
    SchemaCompiler compiler = decoder.compiler();
    try {
      compiler.compile(new WriterPlans<>(only, schema -> schema).schema(ONLY), decoder.paths());
    } catch (BadRecordException bad) {
      throw new UnknownSchemaException(bad.text());
    }
    Set<Mismatch> mismatches = new LinkedHashSet<>(compiler.mismatches());
    for (FieldTarget target : decoder.targets()) {
      if (!compiler.found().contains(target) && !target.hasFallback()) {
        mismatches.add(new Mismatch(target.path(), target.wanted() + " expected, the schema has no such field"));
      }
    }
    return List.copyOf(mismatches);
  }
}
