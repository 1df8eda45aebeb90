package io.yapok.schemas.internal.document;

import io.yapok.schemas.Where;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** From text to a tree, and the parser's complaints to problems. */
final class YamlText {
  private static final String SYNTAX_HINT = "correct it there; text that has \": \" or \" #\" in it or begins with a sign such as [ { & * ! | > % @ needs quotes";

  private YamlText() {}

  /** The tree of a text's only document; refused, and the reason among the problems, where there is none to speak of. */
  static Yaml tree(String text, Where file, ProblemList problems) {
    LoadSettings settings = LoadSettings.builder().setLabel(file.file()).setCodePointLimit(DocumentFile.MAX_BYTES).build();
    try {
      return new YamlTree(new Parse(settings).parseString(text).iterator(), problems).document(file);
    } catch (MarkedYamlEngineException e) {
      problems.add("this is not YAML: " + e.getProblem(), at(file, e), SYNTAX_HINT);
    } catch (ReaderException e) {
      problems.add("this is not YAML: it has the character U+%04X".formatted(e.getCodePoint()), place(file, text, e.getCodePoint()), "remove it, or write \\u and its number in double quotes");
    } catch (YamlEngineException e) {
      problems.add("this is not YAML: " + e.getMessage(), file, SYNTAX_HINT);
    } catch (YamlTree.TooMuch e) {
      problems.add(e.what, e.where, "write it plainly");
    }
    return new Yaml.Refused(file);
  }

  private static Where at(Where file, MarkedYamlEngineException e) {
    return e.getProblemMark().or(e::getContextMark).map(mark -> file.at(mark.getLine() + 1, mark.getColumn() + 1)).orElse(file);
  }

  /** The first place of a character. */
  private static Where place(Where file, String text, int codePoint) {
    String before = text.substring(0, Math.max(0, text.indexOf(codePoint)));
    int lineStart = before.lastIndexOf('\n') + 1;
    return file.at(1 + (int) before.chars().filter(c -> c == '\n').count(), 1 + before.codePointCount(lineStart, before.length()));
  }
}
