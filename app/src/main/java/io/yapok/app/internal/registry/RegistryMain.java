package io.yapok.app.internal.registry;

import java.io.IOException;
import java.io.OutputStream;

/** Apicurio's own main, in a JVM that ends when its standard input does: so it outlives nobody who started it, whatever became of them. */
final class RegistryMain {
  private static final String MAIN = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";

  private RegistryMain() {}

  /** Runs until it is ended. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Thread.ofPlatform().daemon().start(RegistryMain::endWithTheInput);
    Class.forName(MAIN).getMethod("main", String[].class).invoke(null, (Object) arguments);
  }

  private static void endWithTheInput() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.err.println("standard input is broken: " + e);
    }
    Runtime.getRuntime().halt(0); // an orderly end could hang, and nobody is left who would see it
  }
}
