package io.yapok.model.internal.compile;

import io.yapok.model.internal.mapping.Mapping;
import io.yapok.model.internal.mapping.Part;
import io.yapok.model.internal.onnx.InputSpec;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.Located;
import io.yapok.schemas.PipelineDocument.DeclaredField;
import io.yapok.schemas.PipelineStep.InputField;
import io.yapok.schemas.PipelineStep.ModelInput;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a document maps to a model's input into a column and what fills it. A field that the model takes as it comes is decoded straight into the column that
 * the model reads; everything else is laid out into a column of the input's own.
 */
final class FeedCompiler {
  private final Columns columns;
  private final Vocabularies vocabularies;
  private final Problems problems;
  private final PartCompiler parts;

  FeedCompiler(Columns columns, Vocabularies vocabularies, Problems problems) {
    this.columns = columns;
    this.vocabularies = vocabularies;
    this.problems = problems;
    this.parts = new PartCompiler(vocabularies, problems);
  }

  /** One input of one step, with what names mean there. */
  private record Target(String step, InputSpec input, Scope scope, List<Mapping> mappings) {}

  /** A column that a part reads, and whether its type is what the document asked for with {@code cast}. */
  private record Source(String field, int slot, boolean cast) {}

  /** Tells the scope what undeclared fields are read as to feed an input. */
  void hint(InputSpec input, @Nullable ModelInput mapped, Scope scope) {
    if (mapped == null) {
      if (scope.meaningOfInput(input.name()) instanceof Scope.Field(String path)) {
        scope.feed(path, input.type(), input.shape());
      }
      return;
    }
    for (InputField field : mapped.fields()) {
      if (scope.meaning(field.field().value()) instanceof Scope.Field(String path)) {
        Reading.of(field, input, mapped.fields().size() == 1, vocabularies).ifPresent(reading -> scope.feed(path, reading.type(), reading.shape()));
      }
    }
  }

  /** What feeds an input that nothing is mapped to: the field, the feature or the answer of its name. */
  Optional<Feed> unmapped(String step, InputSpec input, Scope scope, Where where) {
    InputField field = InputField.plain(new Located<>(input.name(), where));
    return compile(new Target(step, input, scope, new ArrayList<>()), List.of(field), scope.meaningOfInput(input.name()), where);
  }

  /** What feeds an input that something is mapped to. */
  Optional<Feed> mapped(String step, InputSpec input, Scope scope, ModelInput mapped) {
    List<InputField> fields = mapped.fields();
    return compile(new Target(step, input, scope, new ArrayList<>()), fields, scope.meaning(fields.getFirst().field().value()), mapped.where());
  }

  private Optional<Feed> compile(Target target, List<InputField> fields, Scope.Meaning firstMeaning, Where where) {
    boolean alone = fields.size() == 1;
    List<Part> compiled = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      InputField field = fields.get(i);
      Scope.Meaning meaning = i == 0 ? firstMeaning : target.scope().meaning(field.field().value());
      source(target, field, meaning, alone).ifPresent(source -> part(target, field, source).ifPresent(compiled::add));
    }
    if (compiled.size() < fields.size() || !fills(target.input(), compiled, where)) {
      return Optional.empty();
    }
    return Optional.of(feed(target, compiled));
  }

  private Feed feed(Target target, List<Part> compiled) {
    InputSpec input = target.input();
    Part first = compiled.getFirst();
    ColumnSpec source = columns.spec(first.slot());
    if (compiled.size() == 1 && first.how() instanceof Part.Copy && source.type() == input.type() && source.shape().equals(input.shape())) {
      return new Feed(first.slot(), target.mappings(), first.field());
    }
    int slot = columns.add(target.step() + ":" + input.name(), input.type(), input.shape());
    target.mappings().add(new Mapping(slot, compiled));
    return new Feed(slot, target.mappings(), compiled.stream().map(Part::field).distinct().collect(Collectors.joining(", ")));
  }

  private Optional<Part> part(Target target, InputField field, Source source) {
    ElementType type = columns.spec(source.slot()).type();
    return parts.how(field, type, target.input(), source.cast()).map(how -> new Part(source.field(), source.slot(), how));
  }

  private Optional<Source> source(Target target, InputField field, Scope.Meaning meaning, boolean alone) {
    return switch (meaning) {
      case Scope.Broken _ -> Optional.empty();
      case Scope.Nothing(String what, String whatToDo) -> {
        problems.add(what, field.field().where(), whatToDo);
        yield Optional.empty();
      }
      case Scope.Value(String name, int slot) -> value(target, field, name, slot);
      case Scope.Field(String path) -> {
        DeclaredField declared = target.scope().declaration(path);
        yield declared == null ? undeclared(target, field, path, alone) : declared(target, field, declared, alone);
      }
    };
  }

  private Optional<Source> value(Target target, InputField field, String name, int slot) {
    if (field.fallback() != null && field.vocabulary() == null) {
      problems.add("\"" + name + "\" is never absent, so its default means nothing", field.fallback().where(), "remove default");
      return Optional.empty();
    }
    return cast(target, field, name, slot);
  }

  private Optional<Source> undeclared(Target target, InputField field, String path, boolean alone) {
    Optional<Reading> reading = Reading.of(field, target.input(), alone, vocabularies);
    if (reading.isEmpty() || !fits(field.fallback(), reading.get().type())) {
      return Optional.empty();
    }
    int slot = columns.field(path, reading.get().type(), reading.get().shape(), plain(field.fallback()));
    return Optional.of(new Source(path, slot, field.cast() != null));
  }

  /** A declared field is read as declared; only its shape may become the model's, since arrays of as many elements are the same to a decoder. */
  private Optional<Source> declared(Target target, InputField field, DeclaredField declared, boolean alone) {
    Located<Object> fallback = field.fallback() == null ? declared.fallback() : field.fallback();
    if (!fits(field.fallback(), declared.type())) {
      return Optional.empty();
    }
    InputSpec input = target.input();
    RowShape shape = declared.shape();
    boolean asModel = alone && field.oneHot() == null && shape.isFixed() && input.shape().isFixed() && shape.elements() == input.shape().elements();
    int slot = columns.field(declared.path().value(), declared.type(), asModel ? input.shape() : shape, plain(fallback));
    return cast(target, field, declared.path().value(), slot);
  }

  /** A column of the type that the document casts to; the column itself where it has it or nothing is said. */
  private Optional<Source> cast(Target target, InputField field, String name, int slot) {
    ColumnSpec spec = columns.spec(slot);
    if (field.cast() == null || field.cast().value() == spec.type()) {
      return Optional.of(new Source(name, slot, field.cast() != null));
    }
    ElementType to = field.cast().value();
    boolean numbers = !spec.type().isPooled() && !to.isPooled() && (to != ElementType.BOOL);
    if (!numbers) {
      problems.add("\"" + name + "\" is " + spec.type().label() + " and cannot be cast to " + to.label(), field.cast().where(), "remove cast, or compute it in a transform");
      return Optional.empty();
    }
    int casted = columns.add(target.step() + ":" + target.input().name() + ":" + name, to, spec.shape());
    target.mappings().add(new Mapping(casted, List.of(new Part(name, slot, new Part.Scaled(null, 1, 0)))));
    return Optional.of(new Source(name, casted, true));
  }

  private boolean fills(InputSpec input, List<Part> compiled, Where where) {
    RowShape shape = input.shape();
    long elements = 0;
    for (Part part : compiled) {
      RowShape source = columns.spec(part.slot()).shape();
      if (!source.isFixed()) {
        return hasOneOpenDimension(input, compiled, where);
      }
      elements += (long) source.elements() * part.how().width();
    }
    boolean fits = shape.isFixed() ? elements == shape.elements() : elements % known(shape) == 0 && hasOneOpenDimension(input, compiled, where);
    if (!fits) {
      String wanted = shape.isFixed() ? Integer.toString(shape.elements()) : "a multiple of " + known(shape);
      problems.add(
          "input \"" + input.name() + "\" takes " + wanted + " elements a row, in the shape " + shape + ", and is fed " + elements,
          where,
          "declare the shapes of its fields under source.fields, or feed it as many");
    }
    return fits;
  }

  private boolean hasOneOpenDimension(InputSpec input, List<Part> compiled, Where where) {
    RowShape shape = input.shape();
    long open = IntStream.range(0, shape.rank()).filter(axis -> shape.dim(axis) == RowShape.DYNAMIC).count();
    boolean same = compiled.size() == 1 && compiled.getFirst().how().width() == 1 && columns.spec(compiled.getFirst().slot()).shape().rank() == shape.rank();
    if (open > 1 && !same) {
      problems.add("input \"" + input.name() + "\" leaves " + open + " dimensions open (" + shape + ")", where, "feed it one field whose arrays are nested alike");
      return false;
    }
    return true;
  }

  private static long known(RowShape shape) {
    long known = 1;
    for (int axis = 0; axis < shape.rank(); axis++) {
      known *= shape.dim(axis) == RowShape.DYNAMIC ? 1 : Math.max(1, shape.dim(axis));
    }
    return known;
  }

  private static @Nullable Object plain(@Nullable Located<Object> fallback) {
    return fallback == null ? null : fallback.value();
  }

  /** Reports a default that the type cannot hold. */
  private boolean fits(@Nullable Located<Object> fallback, ElementType type) {
    if (fallback == null || Fallbacks.fits(fallback.value(), type)) {
      return true;
    }
    problems.add("the default \"" + fallback + "\" is no " + type.label() + ", as which the field is read", fallback.where(), "write one of that type");
    return false;
  }
}
