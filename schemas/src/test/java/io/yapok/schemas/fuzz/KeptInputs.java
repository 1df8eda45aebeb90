package io.yapok.schemas.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Inputs that once showed a defect, in {@code src/test/resources/fuzz/TARGET} of the module whose tests run. */
public final class KeptInputs {
  private KeptInputs() {}

  /** A test for each seed and each kept input of a target. */
  public static Stream<DynamicTest> replay(FuzzTarget target) {
    List<byte[]> seeds = target.seeds();
    Stream<DynamicTest> fromSeeds = IntStream.range(0, seeds.size()).mapToObj(i -> DynamicTest.dynamicTest(target.name() + " seed " + i, () -> Bounds.read(target, seeds.get(i))));
    Stream<DynamicTest> fromFiles = files(target).stream().map(file -> DynamicTest.dynamicTest(target.name() + " " + file.getFileName(), () -> Bounds.read(target, Files.readAllBytes(file))));
    return Stream.concat(fromSeeds, fromFiles);
  }

  /** Where the target's kept inputs lie; there may be none. */
  static Path directory(FuzzTarget target) {
    return Path.of("src", "test", "resources", "fuzz", target.name()).toAbsolutePath();
  }

  private static List<Path> files(FuzzTarget target) {
    Path directory = directory(target);
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
