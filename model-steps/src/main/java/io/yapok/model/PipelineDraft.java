package io.yapok.model;

import io.yapok.model.ModelReport.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A first pipeline document for a model: it reads each input from a field of its name and shows each output, and {@code check} accepts it as it is. What its author
 * has to decide is marked {@value #MARK}.
 */
public final class PipelineDraft {
  /** Stands in a comment beside whatever must be looked at. */
  public static final String MARK = "FILL IN";

  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");

  /** What means something else to YAML, or to the reader of documents and expressions. */
  private static final Set<String> KEPT =
      Set.of(
          "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace",
          "return", "var", "void", "while", "input", "out", "state", "y", "n", "yes", "no", "on", "off");

  private final ModelReport model;
  private final String file;
  private final String name;
  private final StringBuilder yaml = new StringBuilder();
  private final List<String> answers = new ArrayList<>();

  private PipelineDraft(ModelReport model, String file, String name) {
    this.model = model;
    this.file = file;
    this.name = name;
  }

  /**
   * A document to save beside the model's file.
   *
   * @param name of the pipeline; what a name may not hold is replaced
   * @return YAML
   * @throws io.yapok.schemas.ProblemsException with everything why a pipeline could not use the model
   */
  public static String of(Path model, String name) {
    ModelReport report = ModelInspector.inspect(model);
    return new PipelineDraft(report, String.valueOf(model.getFileName()), pipelineName(name)).write();
  }

  /** A document to save beside the model's file, named as the file is. */
  public static String of(Path model) {
    String file = String.valueOf(model.getFileName());
    int dot = file.lastIndexOf('.');
    return of(model, dot > 0 ? file.substring(0, dot) : file);
  }

  private static String pipelineName(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[._-]+", "");
    return plain.isEmpty() ? "pipeline" : plain.substring(0, Math.min(plain.length(), 100));
  }

  private String write() {
    line("# Save this beside " + file.replaceAll("\\p{Cntrl}", "?") + ", look at each " + MARK + ", then: yapok check");
    line("name: " + quoted(name));
    line("source: {topic: " + quoted(name) + ", format: json}   # " + MARK + ": the topic that has the records");
    line("steps:");
    line("  - model: " + quoted(file));
    if (model.possibleRows() > 1) {
      line("    # rows: " + model.possibleRows() + "   # " + MARK + ": remove the first # if the model takes " + model.possibleRows() + " records at once");
    }
    inputs();
    outputs();
    suggestions();
    line("sink: {topic: " + quoted(name + "-scored") + ", format: json}   # " + MARK + ": the topic for results");
    line("rejects: {topic: " + quoted(name + "-rejected") + "}   # " + MARK + ": the topic for records that cannot be scored");
    return yaml.toString();
  }

  private void inputs() {
    line("    inputs:   # the model's input: the record's field");
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < model.inputs().size(); i++) {
      Row input = model.inputs().get(i);
      String declared = model.signature().inputs().get(i).shown();
      String field = unique(IDENTIFIER.matcher(input.name()).matches() ? input.name() : identifier(input.name(), "field"), taken);
      line("      " + quoted(input.name()) + ": " + quoted(field) + "   # " + MARK + ": the field with " + input.shown() + comment(declared));
    }
  }

  private void outputs() {
    line("    outputs:   # the model's output: its name in the result");
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < model.outputs().size(); i++) {
      Row output = model.outputs().get(i);
      String declared = model.signature().outputs().get(i).shown();
      String answer = unique(identifier(output.name(), "answer"), taken);
      answers.add(answer);
      line("      " + quoted(output.name()) + ": " + answer + "   # " + output.shown() + comment(declared));
    }
  }

  /** What people do next with answers of such shapes, to uncomment. */
  private void suggestions() {
    answerWith(row -> row.shape().isFixed() && row.shape().elements() > 1).ifPresent(answer -> {
      line("  # - transform:");
      line("  #     best: argmax(" + answer + ")");
      line("  # - validate:");
      line("  #     unsure: max(" + answer + ") < 0.5");
    });
    answerWith(row -> row.shape().isFixed() && row.shape().elements() == 1).ifPresent(answer -> {
      line("  # - validate:");
      line("  #     high: " + answer + " > 0.5");
    });
  }

  private Optional<String> answerWith(Predicate<Row> wanted) {
    for (int i = 0; i < answers.size(); i++) {
      Row output = model.outputs().get(i);
      if (output.type().isFloating() && wanted.test(output)) {
        return Optional.of(answers.get(i));
      }
    }
    return Optional.empty();
  }

  private void line(String text) {
    yaml.append(text).append('\n');
  }

  private static String comment(String declared) {
    return " (" + declared.replaceAll("\\p{Cntrl}", "?") + ")";
  }

  /** The name where expressions can use it, else the nearest that they can. */
  private static String identifier(String name, String prefix) {
    if (IDENTIFIER.matcher(name).matches() && !KEPT.contains(name)) {
      return name;
    }
    String plain = prefix + "_" + name.replaceAll("[^A-Za-z0-9_]", "_");
    return plain.substring(0, Math.min(plain.length(), 90));
  }

  private static String unique(String name, Set<String> taken) {
    String unique = name;
    for (int number = 2; !taken.add(unique); number++) {
      unique = name + "_" + number;
    }
    return unique;
  }

  private static String quoted(String text) {
    boolean plain = text.matches("[A-Za-z_][A-Za-z0-9_./-]*") && !KEPT.contains(text.toLowerCase(Locale.ROOT));
    if (plain) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.chars().forEach(c -> {
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append((char) c);
        default -> quoted.append(c < 0x20 || c == 0x7f ? String.format("\\x%02x", c) : String.valueOf((char) c));
      }
    });
    return quoted.append('"').toString();
  }
}
