package io.yapok.app.internal.cli;

import io.yapok.app.internal.EnvironmentException;
import io.yapok.model.PipelineDraft;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Where;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code yapok init}: a first pipeline document for a model. */
@Command(name = "init", description = "Writes a first pipeline document for a model, with what must be filled in marked.", mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
  private static final String STANDARD = "-";

  @Parameters(paramLabel = "MODEL.onnx", description = "The model file.")
  private Path model = Path.of("");

  @Option(names = "--name", paramLabel = "NAME", description = "The pipeline's name; the file's if left out.")
  private @Nullable String name;

  @Option(names = "--output", paramLabel = "FILE", description = "Where to write; beside the model as its name with .yaml if left out, - is standard output.")
  private @Nullable String output;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    String draft = name == null ? PipelineDraft.of(model) : PipelineDraft.of(model, name);
    PrintWriter out = spec.commandLine().getOut();
    if (STANDARD.equals(output)) {
      out.print(draft);
    } else {
      Path file = output == null ? beside() : Path.of(output);
      write(file, draft);
      out.println("wrote " + file + (draft.contains(PipelineDraft.MARK) ? ": fill in what is marked " + PipelineDraft.MARK + ", then yapok check " : ": try yapok check ") + file);
    }
    out.flush();
    return ExitCode.FINE;
  }

  private Path beside() {
    String file = String.valueOf(model.getFileName());
    int dot = file.lastIndexOf('.');
    return model.resolveSibling((dot > 0 ? file.substring(0, dot) : file) + ".yaml");
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new ProblemsException(new Problem("the file is there already", Where.of(file.toString()), "name another with --output, or delete it"));
    } catch (IOException e) {
      throw new EnvironmentException("the document cannot be written: " + e, file.toString(), "name a file in a folder that can be written to", e);
    }
  }
}
