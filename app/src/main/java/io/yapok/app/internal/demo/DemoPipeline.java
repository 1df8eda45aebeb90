package io.yapok.app.internal.demo;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The demo's pipeline document and its model, which travel inside the program. */
public final class DemoPipeline {
  private static final String DOCUMENT = "payments.yaml";
  /** The model's file name. */
  public static final String MODEL = "payments.onnx";

  private static final String RESOURCES = "/io/yapok/app/demo/";

  private DemoPipeline() {}

  /** Copies the document and its model into a directory, over what is there, and answers the document's path. */
  public static Path copyTo(Path directory) throws IOException {
    copy(MODEL, directory);
    return copy(DOCUMENT, directory);
  }

  /** The document's text. */
  public static String text() throws IOException {
    try (InputStream resource = open(DOCUMENT)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Path copy(String name, Path directory) throws IOException {
    Path target = directory.resolve(name);
    try (InputStream resource = open(name)) {
      Files.copy(resource, target, StandardCopyOption.REPLACE_EXISTING);
    }
    return target;
  }

  private static InputStream open(String name) throws IOException {
    InputStream resource = DemoPipeline.class.getResourceAsStream(RESOURCES + name);
    if (resource == null) {
      throw new FileNotFoundException(RESOURCES + name + " is not on the class path");
    }
    return resource;
  }
}
