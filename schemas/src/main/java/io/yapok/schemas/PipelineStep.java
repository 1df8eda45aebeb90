package io.yapok.schemas;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One entry of {@code steps} in a pipeline document. Names are unique in a document; where it gives none, the reader has filled in the default. */
public sealed interface PipelineStep {
  /** The step's name, at the place where it is written or, left out, where the step begins. */
  Located<String> name();

  /** Where the step begins. */
  Where where();

  /**
   * Runs a model.
   *
   * @param inputs mappings of the model's inputs; an input without one takes the field of its own name
   * @param outputs the model's outputs under other names; one that is not listed keeps its own
   * @param rows how many rows the model takes at once, no more and no fewer; null where its signature says
   * @param deterministic whether differences by rounding alone are also a reason to run row by row
   * @param state the inputs that take what the model answered for the key's row before
   */
  record ModelStep(
      Located<String> name,
      Located<ModelReference> model,
      List<ModelInput> inputs,
      List<ModelOutput> outputs,
      @Nullable Located<Integer> rows,
      boolean deterministic,
      Nonfinite nonfinite,
      List<Recurrence> state,
      Where where)
      implements PipelineStep {
    public ModelStep {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
      state = List.copyOf(state);
    }
  }

  /**
   * Computes values from fields, state and earlier outputs.
   *
   * @param results each a name in the result's {@code out} and an expression; in order, so that one may use those above it
   */
  record TransformStep(Located<String> name, List<Formula> results, Where where) implements PipelineStep {
    public TransformStep {
      results = List.copyOf(results);
    }
  }

  /**
   * Flags rows.
   *
   * @param rules each a name in the result's {@code anomaly} and an expression that is true for a row to be flagged
   */
  record ValidateStep(Located<String> name, List<Formula> rules, Where where) implements PipelineStep {
    public ValidateStep {
      rules = List.copyOf(rules);
    }
  }

  /**
   * Orders the rows of each record.
   *
   * @param by what to order by
   * @param keep how many rows of a record to keep; null keeps all
   * @param fields what to show of each kept row; never empty
   * @param descending whether the largest comes first
   */
  record RankStep(
      Located<String> name,
      Located<String> by,
      @Nullable Located<Integer> keep,
      List<Located<String>> fields,
      boolean descending,
      Where where)
      implements PipelineStep {
    public RankStep {
      fields = List.copyOf(fields);
    }
  }

  /** A name and the text of the expression that computes its value. The name's place is its key's, the expression's place its first character. */
  record Formula(Located<String> name, Located<String> expression) {}

  /** Which model a step runs. */
  sealed interface ModelReference {
    /** The step's name where the document gives none. */
    String defaultStepName();

    /**
     * A file.
     *
     * @param path as written, relative to the document's directory or absolute
     */
    record InFile(String path) implements ModelReference {
      @Override
      public String defaultStepName() {
        String file = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        return file.substring(0, file.length() - ".onnx".length());
      }

      @Override
      public String toString() {
        return path;
      }
    }

    /**
     * A model under {@code models/} beside the document, as {@code models/NAME/VERSION/model.onnx}.
     *
     * @param version null for the highest there is
     */
    record InRepository(String modelName, @Nullable Long version) implements ModelReference {
      @Override
      public String defaultStepName() {
        return modelName;
      }

      @Override
      public String toString() {
        return version == null ? modelName : modelName + "/" + version;
      }
    }
  }

  /** What happens to a row for which a model answers NaN or infinity. */
  enum Nonfinite implements PipelineDocument.Choice {
    ALLOW,
    /** Its record is rejected. */
    REJECT
  }

  /**
   * What feeds one input of a model.
   *
   * @param name of the model's input
   * @param fields one, or several whose elements are laid out one after another into the model's shape
   */
  record ModelInput(Located<String> name, List<InputField> fields, Where where) {
    public ModelInput {
      fields = List.copyOf(fields);
      if (fields.isEmpty()) {
        throw new IllegalArgumentException("the input " + name + " is fed by nothing");
      }
    }
  }

  /**
   * One field on its way into a model: text becomes a number by the vocabulary, a number becomes {@code x * scale + offset}, an index becomes a vector.
   *
   * @param field dotted path; {@code input.}, {@code state.} and {@code out.} tell apart what has one name
   * @param fallback what stands in where the field is absent or null, before anything else is done, and for words that the vocabulary does not have: a
   *     {@link Double}, {@link Long}, {@link Boolean} or {@link String}; null where either rejects the record
   * @param vocabulary whose entries' places, counted from 0, are the numbers; null where there is none
   * @param oneHot how an index becomes a vector; null where it stays a number
   * @param cast the type that the field is read as or made before the model's is made of it; null where the document does not say
   */
  record InputField(
      Located<String> field,
      double scale,
      double offset,
      @Nullable Located<Object> fallback,
      @Nullable Vocabulary vocabulary,
      @Nullable OneHot oneHot,
      @Nullable Located<ElementType> cast,
      Where where) {
    public InputField {
      if (!Double.isFinite(scale) || !Double.isFinite(offset)) {
        throw new IllegalArgumentException("scale and offset are finite");
      }
    }

    /** A field taken as it is. */
    public static InputField plain(Located<String> field) {
      return new InputField(field, 1, 0, null, null, null, null, field.where());
    }

    /** Whether the field is taken as it is. */
    public boolean isPlain() {
      return scale == 1 && offset == 0 && fallback == null && vocabulary == null && oneHot == null && cast == null;
    }
  }

  /** The words that a field may hold. */
  sealed interface Vocabulary {
    Where where();

    /** Words in the document: each a {@link String}, {@link Long}, {@link Double} or {@link Boolean}; no two are equal. */
    record Listed(List<Object> words, Where where) implements Vocabulary {
      public Listed {
        words = List.copyOf(words);
      }
    }

    /**
     * Words in a UTF-8 file, one a line.
     *
     * @param path as written, relative to the document's directory or absolute
     */
    record InFile(String path, Where where) implements Vocabulary {}
  }

  /**
   * An index as a vector of zeros with a one at its place.
   *
   * @param size the vector's length; null for the vocabulary's, which is there then
   */
  record OneHot(@Nullable Integer size, Where where) {}

  /** An input of a model that takes what an output answered for the key's row before; zeros for a key's first. */
  record Recurrence(Located<String> input, Located<String> output) {}

  /** An output of a model and its name in the result. */
  record ModelOutput(Located<String> output, Located<String> name) {}
}
