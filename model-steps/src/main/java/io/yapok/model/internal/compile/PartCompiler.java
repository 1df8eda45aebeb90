package io.yapok.model.internal.compile;

import io.yapok.model.internal.mapping.Part;
import io.yapok.model.internal.onnx.InputSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.PipelineStep.InputField;
import io.yapok.schemas.PipelineStep.Vocabulary;
import java.util.Optional;

/** Decides what is done to the elements of a field so that they fit a model's input, or says why nothing can be. */
final class PartCompiler {
  private final Vocabularies vocabularies;
  private final Problems problems;

  PartCompiler(Vocabularies vocabularies, Problems problems) {
    this.vocabularies = vocabularies;
    this.problems = problems;
  }

  /**
   * What is done to elements of a type.
   *
   * @param cast whether they were cast to it, or the field is read as it because the document says so
   * @return empty after a problem was reported
   */
  Optional<Part.How> how(InputField field, ElementType from, InputSpec input, boolean cast) {
    if (from == ElementType.JSON) {
      return refuse(field, "is passed through as JSON text, which no model takes", "declare another type for it under source.fields");
    }
    if (input.type() == ElementType.TEXT) {
      return intoText(field, from, input);
    }
    Vocabulary vocabulary = field.vocabulary();
    if (vocabulary != null) {
      return word(field, vocabulary, from, input);
    }
    return from == ElementType.TEXT ? textIntoNumber(field, input) : number(field, from, input, cast);
  }

  private Optional<Part.How> intoText(InputField field, ElementType from, InputSpec input) {
    if (field.vocabulary() != null || field.oneHot() != null || Reading.isScaled(field)) {
      return refuse(field, "is made a number, and input \"" + input.name() + "\" takes text", "remove vocabulary, one_hot, scale and offset");
    }
    if (from != ElementType.TEXT) {
      return refuse(field, "is " + from.label() + ", and input \"" + input.name() + "\" takes text", "feed it a field of text");
    }
    return Optional.of(new Part.Copy());
  }

  private Optional<Part.How> textIntoNumber(InputField field, InputSpec input) {
    return refuse(field, "is text, and input \"" + input.name() + "\" takes " + input.type().label(), "add a vocabulary, or feed it a number");
  }

  private Optional<Part.How> word(InputField field, Vocabulary vocabulary, ElementType from, InputSpec input) {
    if (input.type() == ElementType.BOOL) {
      return refuse(field, "is made a number by its vocabulary, and input \"" + input.name() + "\" takes bool", "compute a truth value in a transform");
    }
    boolean fraction = field.scale() != Math.rint(field.scale()) || field.offset() != Math.rint(field.offset());
    if (fraction && input.type().isInteger()) {
      return refuse(
          field, "has places of words scaled to fractions, and input \"" + input.name() + "\" takes " + input.type().label(), "remove scale and offset");
    }
    Optional<Part.Index> index = vocabularies.index(vocabulary, from, field.fallback());
    return index.map(known ->
        field.oneHot() == null ? new Part.Scaled(known, field.scale(), field.offset()) : new Part.OneHot(known, Reading.oneHotSize(field, vocabularies)));
  }

  private Optional<Part.How> number(InputField field, ElementType from, InputSpec input, boolean cast) {
    if (field.oneHot() != null) {
      return Optional.of(new Part.OneHot(null, Reading.oneHotSize(field, vocabularies)));
    }
    if (input.type() == ElementType.BOOL && (from != ElementType.BOOL || Reading.isScaled(field))) {
      return refuse(field, "is a number, and input \"" + input.name() + "\" takes bool", "compute a truth value in a transform, such as x > 0");
    }
    if (Reading.isScaled(field)) {
      return Optional.of(new Part.Scaled(null, field.scale(), field.offset()));
    }
    if (from.isFloating() && input.type().isInteger() && !cast) {
      String what = "is " + from.label() + ", and input \"" + input.name() + "\" takes " + input.type().label();
      return refuse(field, what, "write cast: " + input.type().label() + " to round it");
    }
    return Optional.of(from == input.type() ? new Part.Copy() : new Part.Scaled(null, 1, 0));
  }

  private Optional<Part.How> refuse(InputField field, String what, String whatToDo) {
    problems.add("\"" + field.field() + "\" " + what, field.where(), whatToDo);
    return Optional.empty();
  }
}
