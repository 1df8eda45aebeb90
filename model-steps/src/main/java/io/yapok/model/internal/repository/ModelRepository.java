package io.yapok.model.internal.repository;

import io.yapok.model.ModelFile;
import io.yapok.schemas.Located;
import io.yapok.schemas.ModelVersion;
import io.yapok.schemas.PipelineStep.ModelReference;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Where;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the models that a document names: files, and {@code models/NAME/VERSION/model.onnx} beside the document.
 *
 * <p>A name that {@code models/} does not have is a file's where one of exactly that name stands beside the document, for models in files such as {@code net.pb}.
 *
 * <p>A document's author may name any file, absolute or through {@code ..}: whoever can write the document decides which models run. Symbolic links are followed,
 * as Kubernetes mounts files by them. A name under {@code models/} cannot leave that directory.
 */
public final class ModelRepository {
  /** The file of each version under {@code models/NAME/}. */
  private static final String FILE = "model.onnx";

  private static final Pattern VERSION = Pattern.compile("0|[1-9][0-9]{0,17}");
  private static final int MOST_SHOWN = 10;

  private final Path directory;

  /** A repository for a document that stands in a directory. */
  public ModelRepository(Path directory) {
    this.directory = directory;
  }

  /**
   * Reads a model's file, once.
   *
   * @throws ProblemsException if it is not there or cannot be read
   */
  public ModelFile read(Located<ModelReference> reference) {
    return switch (reference.value()) {
      case ModelReference.InFile(String path) -> {
        Path file = resolve(path, reference.where());
        yield read(stem(file), 1, file, reference.where());
      }
      case ModelReference.InRepository model -> {
        Path versions = directory.resolve("models").resolve(model.modelName());
        Path beside = directory.resolve(model.modelName());
        if (model.version() == null && !Files.exists(versions) && Files.isRegularFile(beside)) {
          yield read(stem(beside), 1, beside, reference.where());
        }
        long version = model.version() == null ? highest(model.modelName(), versions, reference.where()) : model.version();
        Path file = versions.resolve(Long.toString(version)).resolve(FILE);
        if (!Files.exists(file)) {
          throw absent(model.modelName(), version, versions, reference.where());
        }
        yield read(model.modelName(), version, file, reference.where());
      }
    };
  }

  /**
   * Reads a model file that no document names.
   *
   * @throws ProblemsException if it is not there or cannot be read
   */
  public static ModelFile read(Path file) {
    return read(stem(file), 1, file, Where.of(file.toString()));
  }

  private Path resolve(String path, Where where) {
    try {
      return directory.resolve(path);
    } catch (InvalidPathException e) {
      throw new ProblemsException(new Problem("\"" + path + "\" is no path: " + e.getReason(), where, "name a file"));
    }
  }

  private static ModelFile read(String name, long version, Path file, Where where) {
    if (Files.isDirectory(file)) {
      throw new ProblemsException(new Problem("\"" + file + "\" is a directory", where, "name a file that ends in .onnx"));
    }
    if (!Files.exists(file)) {
      throw new ProblemsException(new Problem("there is no model file \"" + file + "\"", where, besides(file)));
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      return new ModelFile(new ModelVersion(name, version, Sha256.of(bytes)), file, bytes, where);
    } catch (IOException e) {
      throw new ProblemsException(new Problem("the model file \"" + file + "\" cannot be read: " + reason(e), where, "see to its permissions"));
    } catch (OutOfMemoryError e) {
      String limit = (Runtime.getRuntime().maxMemory() >> 20) + " MiB";
      throw new ProblemsException(new Problem("the model file \"" + file + "\" does not fit into the heap of " + limit, where, "give the JVM a larger one (-Xmx)"));
    }
  }

  private static long highest(String name, Path versions, Where where) {
    if (!Files.isDirectory(versions)) {
      Path models = versions.toAbsolutePath().getParent();
      List<String> present = models == null ? List.of() : names(models, Files::isDirectory);
      String advice = present.isEmpty() ? "put its file at " + versions.resolve("1").resolve(FILE) : "name one of those there: " + shown(present);
      throw new ProblemsException(new Problem("there is no model \"" + name + "\" under " + models, where, advice));
    }
    return names(versions, Files::isDirectory).stream()
        .filter(version -> VERSION.matcher(version).matches())
        .mapToLong(Long::parseLong)
        .max()
        .orElseThrow(() ->
            new ProblemsException(
                new Problem("the model \"" + name + "\" has no version under " + versions, where, "put its file at " + versions.resolve("1").resolve(FILE))));
  }

  private static ProblemsException absent(String name, long version, Path versions, Where where) {
    List<String> present = names(versions, directory -> Files.exists(directory.resolve(FILE)));
    String advice = present.isEmpty() ? "put its file at " + versions.resolve(Long.toString(version)).resolve(FILE) : "name a version that is there: " + shown(present);
    return new ProblemsException(new Problem("the model \"" + name + "\" has no file " + versions.resolve(Long.toString(version)).resolve(FILE), where, advice));
  }

  /** What to do about a file that is not there: the models that are. */
  private static String besides(Path file) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    List<String> models = parent == null ? List.of() : names(parent, entry -> entry.toString().endsWith(".onnx"));
    return models.isEmpty() ? "put the file there, or name another" : "name one of those there: " + shown(models);
  }

  private static List<String> names(Path directory, Predicate<Path> wanted) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(wanted).map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    } catch (IOException e) {
      // the names only help; that the file asked for is not there is what gets reported
      return List.of();
    }
  }

  private static String shown(List<String> names) {
    String first = names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "));
    return names.size() > MOST_SHOWN ? first + " and " + (names.size() - MOST_SHOWN) + " more" : first;
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getClass().getSimpleName() + " " + e.getMessage();
  }
}
