package io.yapok.schemas.internal.document;

import io.yapok.schemas.ElementType;
import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineStep.InputField;
import io.yapok.schemas.PipelineStep.ModelInput;
import io.yapok.schemas.PipelineStep.OneHot;
import io.yapok.schemas.PipelineStep.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what feeds a model: {@code inputs}. */
final class InputReader {
  private static final int MOST_CLASSES = 1_000_000;

  private final Words words;
  private final Lists lists;
  private final Names names;
  private final ProblemList problems;

  InputReader(Words words, Names names, ProblemList problems) {
    this.words = words;
    this.lists = new Lists(words, problems);
    this.names = names;
    this.problems = problems;
  }

  List<ModelInput> inputs(@Nullable Yaml value) {
    List<ModelInput> inputs = new ArrayList<>();
    for (Yaml.Entry entry : lists.entries(value, "inputs", "{Input3: pixels}")) {
      List<InputField> fields = fields(entry.value());
      if (!fields.isEmpty()) {
        inputs.add(new ModelInput(new Located<>(entry.key(), entry.where()), fields, entry.value().where()));
      }
    }
    return inputs;
  }

  private List<InputField> fields(Yaml value) {
    List<Yaml> elements = value instanceof Yaml.Sequence ? lists.elements(value, "the input") : List.of(value);
    List<InputField> fields = new ArrayList<>();
    for (Yaml element : elements) {
      InputField field = field(element);
      if (field != null) {
        fields.add(field);
      }
    }
    return fields;
  }

  private @Nullable InputField field(Yaml value) {
    if (!(value instanceof Yaml.Scalar)) {
      Entries entries = Entries.of(value, "an input", Keys.INPUT, problems).orElse(null);
      return entries == null ? null : mapped(entries);
    }
    Located<String> field = names.path(words.text(value, "the field"));
    return field == null ? null : InputField.plain(field);
  }

  private @Nullable InputField mapped(Entries entries) {
    Located<String> field = names.path(words.text(entries.require("field", "the-fields-path"), "the field"));
    double scale = words.number(entries.get("scale"), "scale", 1);
    double offset = words.number(entries.get("offset"), "offset", 0);
    Located<Object> fallback = words.literal(entries.get("default"), "the default");
    Vocabulary vocabulary = vocabulary(entries.get("vocabulary"));
    OneHot oneHot = oneHot(entries, vocabulary);
    Located<ElementType> cast = cast(entries.get("cast"));
    return field == null ? null : new InputField(field, scale, offset, fallback, vocabulary, oneHot, cast, entries.where());
  }

  private @Nullable Vocabulary vocabulary(@Nullable Yaml value) {
    if (value instanceof Yaml.Scalar) {
      Located<String> file = words.text(value, "the vocabulary");
      return file == null ? null : new Vocabulary.InFile(file.value(), file.where());
    }
    Set<Object> listed = new LinkedHashSet<>();
    for (Yaml element : lists.elements(value, "the vocabulary")) {
      Located<Object> word = words.literal(element, "a word of the vocabulary");
      if (word != null && !listed.add(word.value())) {
        problems.add("\"" + word + "\" stands in the vocabulary twice", word.where(), "remove one of the two");
      }
    }
    return value == null || listed.isEmpty() ? null : new Vocabulary.Listed(List.copyOf(listed), value.where());
  }

  private @Nullable OneHot oneHot(Entries entries, @Nullable Vocabulary vocabulary) {
    Yaml value = entries.get("one_hot");
    if (value == null || value instanceof Yaml.Refused) {
      return null;
    }
    if (entries.has("scale") || entries.has("offset")) {
      problems.add("one_hot and scale or offset stand together: an index is taken as it is", value.where(), "remove one of the two");
      return null;
    }
    if (value instanceof Yaml.Scalar scalar && scalar.type() == Yaml.Type.TRUTH) {
      return oneHotOfVocabulary(entries, scalar, words.truth(scalar, "one_hot", false));
    }
    Located<Integer> size = words.whole(value, "one_hot", 1, MOST_CLASSES);
    if (size != null && vocabulary instanceof Vocabulary.Listed listed && listed.words().size() > size.value()) {
      problems.add("one_hot has " + size + " places for the vocabulary's " + listed.words().size() + " words", size.where(), "write one_hot: true");
      return null;
    }
    return size == null ? null : new OneHot(size.value(), size.where());
  }

  private @Nullable OneHot oneHotOfVocabulary(Entries entries, Yaml.Scalar value, boolean wanted) {
    if (!wanted) {
      return null;
    }
    if (!entries.has("vocabulary")) {
      problems.add("one_hot: true needs a vocabulary, whose size it takes", value.where(), "write the vector's size: one_hot: 10");
      return null;
    }
    return new OneHot(null, value.where());
  }

  private @Nullable Located<ElementType> cast(@Nullable Yaml value) {
    Located<ElementType> type = new FieldTypes(words, problems).type(value);
    if (type != null && type.value() == ElementType.JSON) {
      problems.add("no model takes json", type.where(), "cast to a number, bool or text");
      return null;
    }
    return type;
  }
}
