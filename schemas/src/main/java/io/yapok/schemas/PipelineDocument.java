package io.yapok.schemas;

import io.yapok.schemas.internal.document.CanonicalForm;
import io.yapok.schemas.internal.document.DocumentFile;
import io.yapok.schemas.internal.document.DocumentReader;
import io.yapok.schemas.internal.document.DocumentTree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as its author wrote it, with defaults filled in: immutable, checked for everything that can be known without opening a model or asking a broker.
 * Every key is described in {@code docs/pipeline.md}. Expressions and field paths are still text; each value that a later check may find wrong carries its
 * {@link Where}.
 *
 * <p>Two documents are equal if they say the same at the same places; to compare only what they say, compare {@link #canonicalBytes()}.
 *
 * @param tables what records are joined with before the steps
 * @param include top-level fields of the record that stand under {@code in} of the result; empty for all
 * @param exclude top-level fields that do not; {@code *} leaves {@code in} out
 * @param where the document's beginning; its file is the one read
 */
public record PipelineDocument(
    Located<String> name,
    Source source,
    List<PipelineTable> tables,
    PipelineState state,
    List<PipelineStep> steps,
    Sink sink,
    Rejects rejects,
    Delivery delivery,
    BatchLimits batch,
    List<Located<String>> include,
    List<Located<String>> exclude,
    KafkaSettings kafka,
    Where where) {

  public PipelineDocument {
    tables = List.copyOf(tables);
    steps = List.copyOf(steps);
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a pipeline has at least one step");
    }
  }

  /**
   * The document in a file: UTF-8, at most 1 MiB.
   *
   * @throws ProblemsException with everything that is wrong with it, a file that cannot be read included
   */
  public static PipelineDocument read(Path file) {
    return parse(DocumentFile.text(file), file.toString());
  }

  /**
   * The document in a text, for instance one that came over a network.
   *
   * @param fileName what problems name as the file; models are looked for beside it
   * @throws ProblemsException with everything that is wrong with it
   */
  public static PipelineDocument parse(String yaml, String fileName) {
    return DocumentReader.read(yaml, fileName);
  }

  /**
   * What the document says, in a form that formatting, comments, the order of keys where it means nothing, and leaving out a default do not change. The hash of
   * a pipeline's content covers this and its models. {@link #kafka()} is not in it: it says how to reach the brokers, not what is computed, and may hold secrets,
   * of which not even a hash should be published with each result.
   */
  public byte[] canonicalBytes() {
    return CanonicalForm.of(this);
  }

  /**
   * The document in a tree of maps, lists, text, whole numbers, doubles and truth values, such as {@link #tree()} gives; checked as one in a text.
   *
   * @param fileName what problems name as the file; models are looked for beside it
   * @throws ProblemsException with everything that is wrong with it
   */
  public static PipelineDocument of(Map<String, ?> tree, String fileName) {
    return DocumentReader.read(tree, fileName);
  }

  /** What the document says as maps and lists with the keys of YAML, defaults filled in, without {@link #kafka()}: a document of this tree has the same {@link #canonicalBytes()}. */
  public Map<String, Object> tree() {
    return DocumentTree.of(this);
  }

  /** Whether anything is remembered by key. */
  public boolean remembers() {
    return !state.features().isEmpty()
        || !state.sequences().isEmpty()
        || state.dedupe() != null
        || steps.stream().anyMatch(step -> step instanceof PipelineStep.ModelStep model && !model.state().isEmpty());
  }

  /** Whether records, results or the rows of tables are in Avro, whose schemas are in a registry. */
  public boolean usesAvro() {
    return source.format() == Format.AVRO || sink.format() == Format.AVRO || tables.stream().anyMatch(table -> table.format() == Format.AVRO);
  }

  /** Where files that the document names are looked for: the directory it stands in. */
  public Path directory() {
    Path parent = Path.of(where.file()).toAbsolutePath().getParent();
    return parent == null ? Path.of("").toAbsolutePath() : parent;
  }

  /**
   * Where records come from.
   *
   * @param key field whose value becomes the record's key, through a repartition topic; null keeps the record's own
   * @param rows array whose entries are the record's rows; null where a record is one row
   * @param fields types that cannot be inferred from what a model takes
   */
  public record Source(
      Located<String> topic,
      Format format,
      @Nullable Located<String> key,
      @Nullable Located<String> rows,
      Tombstone tombstone,
      List<DeclaredField> fields,
      Where where) {
    public Source {
      fields = List.copyOf(fields);
    }
  }

  /** How bytes become columns and results become bytes. */
  public enum Format implements Choice {
    /** One JSON object a record. */
    JSON,
    /** One Avro record a record or result, in the Confluent wire format: written with a schema of a registry. */
    AVRO,
    /** One inference request of the Open Inference Protocol a record, its numbers in JSON or as binary data behind it. */
    OIP,
    /** The bytes of one tensor a record, and of the outputs a result. */
    TENSOR
  }

  /** What happens to a record whose value is null. */
  public enum Tombstone implements Choice {
    /** It goes to the dead-letter topic. */
    REJECT,
    /** It goes to the sink as it is. */
    PASS
  }

  /**
   * The type of a field of the record.
   *
   * @param path dotted, from the record's top
   * @param shape of one row; a scalar unless the document says otherwise
   * @param fallback what stands in where the field is absent or null: a {@link Double}, {@link Long}, {@link Boolean} or {@link String}; null where absence
   *     rejects the record
   */
  public record DeclaredField(Located<String> path, ElementType type, RowShape shape, @Nullable Located<Object> fallback, Where where) {}

  /**
   * Where results go.
   *
   * @param only an expression that is true for a result to be sent; null where all are
   */
  public record Sink(Located<String> topic, Format format, @Nullable Located<String> only, Where where) {}

  /** What happens to a record that cannot be scored. */
  public sealed interface Rejects {
    /** It goes to a dead-letter topic with the reason. */
    record ToTopic(Located<String> topic) implements Rejects {}

    /** The pipeline stops. */
    record Fail() implements Rejects {}
  }

  /** Kafka's guarantee for results, rejects, state and offsets together. */
  public enum Delivery implements Choice {
    EXACTLY_ONCE_V2,
    AT_LEAST_ONCE
  }

  /**
   * How much is scored at once; a batch is never waited for, so these are upper limits.
   *
   * @param records at most this many; a record may hold several rows
   * @param bytes at most this many of keys and values; a larger record is a batch of its own
   * @param time that a batch is expected to take at most
   */
  public record BatchLimits(int records, long bytes, Duration time) {
    public static final BatchLimits DEFAULT = new BatchLimits(1000, 4L << 20, Duration.ofMillis(100));

    public BatchLimits {
      if (records < 1 || bytes < 1 || time.isNegative() || time.isZero()) {
        throw new IllegalArgumentException("the limits of a batch are positive");
      }
    }
  }

  /**
   * Settings for Kafka's clients and Kafka Streams, in the document's order; none is one that Yapok owns. Values are as written: {@code ${env:X}} is resolved by
   * Kafka's config providers later.
   */
  public record KafkaSettings(Map<String, Located<String>> values) {
    public KafkaSettings {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The keys alone, since values may be secrets. */
    @Override
    public String toString() {
      return values.keySet().toString();
    }
  }

  /** A word of the document that stands for one of a few meanings. */
  public interface Choice {
    String name();

    /** The word as documents have it: {@code at_least_once} for {@link Delivery#AT_LEAST_ONCE}. */
    default String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
