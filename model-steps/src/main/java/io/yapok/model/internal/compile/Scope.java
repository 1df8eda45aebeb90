package io.yapok.model.internal.compile;

import io.yapok.model.internal.expression.NameResolver;
import io.yapok.schemas.Nearest;
import io.yapok.schemas.ColumnSpec;
import io.yapok.schemas.ElementType;
import io.yapok.schemas.PipelineDocument.DeclaredField;
import io.yapok.schemas.RowShape;
import io.yapok.schemas.Where;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What names stand for at the step being compiled. {@code input.}, {@code table.}, {@code state.} and {@code out.} say which is meant; a bare name means what there is of that name,
 * and a problem if there are several; a bare name that nothing has is a field of the record, unless it looks like a slip in the name of an answer.
 *
 * <p>What could not be compiled is known by name and has no column: whatever reads it is left alone, so that one mistake is one problem.
 */
final class Scope implements NameResolver {
  private static final String INPUT = "input.";
  private static final String STATE = "state.";
  private static final String OUT = "out.";
  private static final String TABLE = "table.";

  private final Columns columns;
  private final Map<String, DeclaredField> declared = new LinkedHashMap<>();
  private final Map<String, Fed> fed = new LinkedHashMap<>();
  private final Map<String, Integer> fields = new LinkedHashMap<>();
  private final Map<String, Integer> state = new LinkedHashMap<>();
  private final Map<String, Map<String, Integer>> tables = new LinkedHashMap<>();
  private final Map<String, Integer> answers = new LinkedHashMap<>();
  private final Map<String, Where> places = new HashMap<>();
  private final Set<String> broken = new HashSet<>();
  private boolean unknownAnswers;
  private boolean metBroken;

  Scope(Columns columns) {
    this.columns = columns;
  }

  /** What a field that no document declares is read as, since a model takes it so. */
  private record Fed(ElementType type, RowShape shape) {}

  /** What a name stands for. */
  sealed interface Meaning {}

  /** A column that is filled before the step runs: state, a table's row, or an answer of an earlier step. */
  record Value(String name, int slot) implements Meaning {}

  /** A field of the record. */
  record Field(String path) implements Meaning {}

  /** Nothing that can be read. */
  record Nothing(String what, String whatToDo) implements Meaning {}

  /** Something that has a problem of its own. */
  record Broken() implements Meaning {}

  void declare(DeclaredField field) {
    declared.put(field.path().value(), field);
  }

  /** Notes what a model takes a field as; the first model decides. */
  void feed(String path, ElementType type, RowShape shape) {
    fed.putIfAbsent(path, new Fed(type, shape));
  }

  void remember(String name, int slot) {
    state.put(name, slot);
  }

  /** Makes a field of a table's rows known. */
  void join(String table, String field, int slot) {
    tables.computeIfAbsent(table, _ -> new LinkedHashMap<>()).put(field, slot);
  }

  /** Makes an answer known to the steps that follow. The name is free: see {@link #placeOf}. */
  void answer(String name, int slot, Where where) {
    answers.put(name, slot);
    places.put(name, where);
  }

  /** Makes an answer known that has no column, because of a problem already reported. */
  void breakAnswer(String name, Where where) {
    broken.add(name);
    places.putIfAbsent(name, where);
  }

  /** From here on there are answers whose names are not known, because their model could not be opened. */
  void breakUnknownAnswers() {
    unknownAnswers = true;
  }

  boolean isTaken(String answer) {
    return places.containsKey(answer);
  }

  /** Where the answer of this name is given, in words. */
  String placeOf(String answer) {
    Where where = places.get(answer);
    return where == null ? "nowhere" : where.line() > 0 ? "on line " + where.line() : "at " + where;
  }

  /** Whether something broken was asked for since the last call; what was reported since then may follow from that alone. */
  boolean takeMetBroken() {
    boolean met = metBroken;
    metBroken = false;
    return met;
  }

  /** The answers so far and their columns, in the order of the steps. */
  Map<String, Integer> answers() {
    return Collections.unmodifiableMap(answers);
  }

  /** What the document says of a field; null if nothing. */
  @Nullable DeclaredField declaration(String path) {
    return declared.get(path);
  }

  /** Takes over what models take fields as. */
  void feedAs(Scope other) {
    other.fed.forEach(fed::putIfAbsent);
  }

  /** What a name means here. */
  Meaning meaning(String name) {
    Meaning meaning = find(name);
    metBroken |= meaning instanceof Broken;
    return meaning;
  }

  /** What the name of a model's input means that nothing is mapped to: the whole of it is the name. */
  Meaning meaningOfInput(String name) {
    Meaning meaning = bare(name, false);
    metBroken |= meaning instanceof Broken;
    return meaning;
  }

  private Meaning find(String name) {
    if (name.startsWith(OUT)) {
      return answer(name, name.substring(OUT.length()));
    }
    if (name.startsWith(STATE)) {
      String feature = name.substring(STATE.length());
      Integer slot = state.get(feature);
      return slot != null ? new Value(name, slot) : nothing("the state has no feature \"" + feature + "\"", feature, state.keySet(), STATE, "add it under state.features");
    }
    if (name.startsWith(TABLE) && !tables.isEmpty()) {
      return joined(name);
    }
    return name.startsWith(INPUT) ? new Field(name.substring(INPUT.length())) : bare(name, true);
  }

  private Meaning joined(String name) {
    int dot = name.indexOf('.', TABLE.length());
    String table = name.substring(TABLE.length(), dot < 0 ? name.length() : dot);
    Map<String, Integer> fields = tables.get(table);
    if (fields == null) {
      return nothing("there is no table \"" + table + "\"", table, tables.keySet(), TABLE, "add it under tables, or write " + INPUT + name + " for a field of the record");
    }
    String field = dot < 0 ? "" : name.substring(dot + 1);
    Integer slot = fields.get(field);
    return slot != null
        ? new Value(name, slot)
        : nothing("the table \"" + table + "\" has no field \"" + field + "\"", field, fields.keySet(), TABLE + table + ".", "add it under tables." + table + ".fields");
  }

  private Meaning answer(String asked, String name) {
    Integer slot = answers.get(name);
    if (slot != null) {
      return new Value(asked, slot);
    }
    if (broken.contains(name) || unknownAnswers) {
      return new Broken();
    }
    String advice = answers.isEmpty() ? "no step before this one answers anything" : "those so far are " + String.join(", ", answers.keySet());
    return nothing("no step before this one answers \"" + name + "\"", name, answers.keySet(), OUT, advice);
  }

  private Meaning bare(String name, boolean mayBeSlip) {
    List<Meaning> meanings = new ArrayList<>();
    List<String> candidates = new ArrayList<>();
    if (answers.containsKey(name) || broken.contains(name)) {
      meanings.add(answer(name, name));
      candidates.add(OUT + name);
    }
    if (state.containsKey(name)) {
      meanings.add(new Value(name, state.get(name)));
      candidates.add(STATE + name);
    }
    if (declared.containsKey(name) || fed.containsKey(name) || fields.containsKey(name)) {
      meanings.add(new Field(name));
      candidates.add(INPUT + name);
    }
    if (meanings.size() > 1) {
      return new Nothing("\"" + name + "\" could be " + String.join(" or ", candidates), "write the one that is meant");
    }
    return meanings.isEmpty() ? unheardOf(name, mayBeSlip) : meanings.getFirst();
  }

  private Meaning unheardOf(String name, boolean mayBeSlip) {
    if (unknownAnswers) {
      return new Broken();
    }
    Set<String> known = new TreeSet<>(answers.keySet());
    known.addAll(state.keySet());
    known.addAll(declared.keySet());
    String slip = mayBeSlip ? Nearest.to(name, known).filter(near -> isSlip(name, near)).orElse("") : "";
    return slip.isEmpty() ? new Field(name) : new Nothing("nothing is named \"" + name + "\"", "did you mean " + slip + "? A field of the record is written " + INPUT + name);
  }

  /** Short names, and names that differ in a number alone, are too near to each other to tell. */
  private static boolean isSlip(String name, String near) {
    return name.length() >= 4 && !name.replaceAll("[0-9]", "").equals(near.replaceAll("[0-9]", ""));
  }

  private static Nothing nothing(String what, String name, Set<String> known, String prefix, String otherwise) {
    return new Nothing(what, Nearest.to(name, known).map(near -> "did you mean " + prefix + near + "?").orElse(otherwise));
  }

  @Override
  public Resolution resolve(String name) {
    return switch (meaning(name)) {
      case Value(String _, int slot) -> found(slot);
      case Field(String path) -> resolveField(path);
      case Nothing(String what, String whatToDo) -> new Unknown(what, whatToDo);
      case Broken _ -> new Unknown(name + " has a problem of its own", "see to that first");
    };
  }

  private Resolution resolveField(String path) {
    DeclaredField field = declared.get(path);
    if (field != null) {
      return found(declaredColumn(field));
    }
    Fed known = fed.get(path);
    if (known != null) {
      return found(columns.field(path, known.type(), known.shape(), null));
    }
    Integer slot = fields.get(path);
    return slot == null ? new Undecided() : found(slot);
  }

  @Override
  public Found decide(String name, ElementType type, RowShape shape) {
    String path = name.startsWith(INPUT) ? name.substring(INPUT.length()) : name;
    int slot = columns.field(path, type, shape, null);
    fields.put(path, slot);
    return found(slot);
  }

  /** The column of a declared field, as declared. */
  int declaredColumn(DeclaredField field) {
    return columns.field(field.path().value(), field.type(), field.shape(), field.fallback() == null ? null : field.fallback().value());
  }

  private Found found(int slot) {
    ColumnSpec spec = columns.spec(slot);
    return new Found(slot, spec.type(), spec.shape());
  }
}
