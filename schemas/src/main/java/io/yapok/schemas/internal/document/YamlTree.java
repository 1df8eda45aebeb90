package io.yapok.schemas.internal.document;

import io.yapok.schemas.Where;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Builds the tree from the parser's events. The library's own composer is not used: it recurses without a bound on depth, and does not tell a written tag from
 * an inferred one.
 */
final class YamlTree {
  private static final int MAX_DEPTH = 50;
  private static final int MAX_ALIASES = 100;
  private static final long MAX_SIZE = 1_000_000;

  /** Longer digits are text: to read a million of them as a number would take seconds. */
  private static final int MAX_NUMBER_LENGTH = 400;

  private static final ScalarResolver RESOLVER = new CoreSchema().getScalarResolver();
  private static final Map<Tag, Yaml.Type> TYPES =
      Map.of(Tag.INT, Yaml.Type.WHOLE, Tag.FLOAT, Yaml.Type.REAL, Tag.BOOL, Yaml.Type.TRUTH, Tag.NULL, Yaml.Type.NOTHING);

  private final Iterator<Event> events;
  private final ProblemList problems;
  private final Map<Anchor, Yaml> anchored = new HashMap<>();
  private int aliases;

  YamlTree(Iterator<Event> events, ProblemList problems) {
    this.events = events;
    this.problems = problems;
  }

  /** The text's only document; refused, and the reason among the problems, where there is none. */
  Yaml document(Where file) {
    Where start = file.at(1, 1);
    events.next();
    if (next().getEventId() == Event.ID.StreamEnd) {
      problems.add("the document is empty", start, "write name, source, steps, sink and rejects");
      return new Yaml.Refused(start);
    }
    Yaml root = node(next(), start, 0);
    next();
    Event end = next();
    if (end.getEventId() != Event.ID.StreamEnd) {
      problems.add("a second document begins", at(start, end), "write one document a file");
    }
    return root;
  }

  private Event next() {
    return events.next();
  }

  private Yaml node(Event event, Where where, int depth) {
    Where here = at(where, event);
    if (depth > MAX_DEPTH) {
      throw new TooMuch("the document is nested more than " + MAX_DEPTH + " deep", here);
    }
    return switch (event) {
      case AliasEvent alias -> aliased(alias, here);
      case ScalarEvent scalar -> anchor(scalar, scalar.getTag(), new Yaml.Scalar(scalar.getValue(), type(scalar), here));
      case MappingStartEvent start -> anchor(start, start.getTag(), mapping(here, depth));
      case CollectionStartEvent start -> anchor(start, start.getTag(), sequence(here, depth));
      default -> throw new IllegalStateException("the YAML parser sent " + event + " for a value");
    };
  }

  private static Yaml.Type type(ScalarEvent scalar) {
    boolean mayBeNumber = scalar.isPlain() && scalar.getValue().length() <= MAX_NUMBER_LENGTH;
    Tag tag = mayBeNumber ? RESOLVER.resolve(scalar.getValue(), true) : Tag.STR;
    return TYPES.getOrDefault(tag, Yaml.Type.TEXT);
  }

  private Yaml aliased(AliasEvent alias, Where here) {
    Yaml target = anchored.get(alias.getAlias());
    if (++aliases > MAX_ALIASES) {
      throw new TooMuch("the document has more than " + MAX_ALIASES + " aliases", here);
    }
    if (target == null) {
      problems.add("the alias *" + alias.getAlias() + " stands for nothing above it", here, "put & and its name before the value it stands for, or quote it if it is text");
      return new Yaml.Refused(here);
    }
    return target;
  }

  private Yaml anchor(NodeEvent event, Optional<String> tag, Yaml node) {
    Yaml kept = node;
    if (tag.isPresent()) {
      problems.add("the tag " + shown(tag.get()) + " is not allowed", node.where(), "remove it, or put the text in quotes if the ! belongs to it");
      kept = new Yaml.Refused(node.where());
    }
    if (event.getAnchor().isPresent()) {
      anchored.put(event.getAnchor().get(), kept);
    }
    return kept;
  }

  private static String shown(String tag) {
    return tag.startsWith("tag:yaml.org,2002:") ? "!!" + tag.substring("tag:yaml.org,2002:".length()) : tag;
  }

  private Yaml sequence(Where here, int depth) {
    List<Yaml> elements = new ArrayList<>();
    long size = 1;
    for (Event event = next(); event.getEventId() != Event.ID.SequenceEnd; event = next()) {
      Yaml element = node(event, here.element(elements.size()), depth + 1);
      elements.add(element);
      size = checked(size + element.size(), here);
    }
    return new Yaml.Sequence(elements, here, size);
  }

  private Yaml mapping(Where here, int depth) {
    Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
    long size = 1;
    for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
      Optional<String> key = key(event, here, depth);
      Where keyWhere = at(key.map(here::entry).orElse(here), event);
      Yaml value = node(next(), keyWhere, depth + 1);
      size = checked(size + value.size(), here);
      key.ifPresent(name -> add(new Yaml.Entry(name, keyWhere, value), entries));
    }
    return new Yaml.Mapping(List.copyOf(entries.values()), here, size);
  }

  private Optional<String> key(Event event, Where here, int depth) {
    if (event instanceof ScalarEvent scalar && scalar.getTag().isEmpty()) {
      return Optional.of(scalar.getValue());
    }
    Yaml key = node(event, here, depth + 1);
    if (!(key instanceof Yaml.Refused)) {
      problems.add("a key is a list, a mapping or an alias", key.where(), "write a word as the key");
    }
    return Optional.empty();
  }

  private void add(Yaml.Entry entry, Map<String, Yaml.Entry> entries) {
    if (entry.key().equals("<<")) {
      problems.add("merge keys are not supported", entry.where(), "write the entries out");
      return;
    }
    Yaml.Entry first = entries.putIfAbsent(entry.key(), entry);
    if (first != null) {
      problems.add(
          "the key \"" + entry.key() + "\" stands here twice, first on line " + first.where().line(), entry.where(), "remove one of the two");
    }
  }

  private static long checked(long size, Where where) {
    if (size > MAX_SIZE) {
      throw new TooMuch("the document has more than " + MAX_SIZE + " parts when its aliases are written out", where);
    }
    return size;
  }

  private static Where at(Where where, Event event) {
    return event.getStartMark().map(mark -> where.at(mark.getLine() + 1, mark.getColumn() + 1)).orElse(where);
  }

  /** Ends the reading of a document that is beyond a bound. */
  static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final String what;
    final transient Where where;

    TooMuch(String what, Where where) {
      super(what, null, false, false);
      this.what = what;
      this.where = where;
    }
  }
}
