package io.yapok.app.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/** A program of one source file, as {@code java FILE.java} runs it, but in this JVM: compiled with every warning an error, and entered by its {@code run(in, out, args)}. */
final class ExampleProgram implements AutoCloseable {
  private final URLClassLoader loader;
  private final Method run;

  /** Compiles the program into a directory, over what is there. */
  ExampleProgram(Path source, Path classes) throws IOException, ReflectiveOperationException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int code = ToolProvider.getSystemJavaCompiler().run(null, said, said, "-Xlint:all,-path,-classfile", "-Werror", "-d", classes.toString(), source.toString());
    if (code != 0) {
      throw new AssertionError(source + " does not compile: " + said.toString(StandardCharsets.UTF_8));
    }
    loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
    run = loader.loadClass(source.getFileName().toString().replace(".java", "")).getDeclaredMethod("run", InputStream.class, PrintStream.class, String[].class);
    run.setAccessible(true);
  }

  /** Runs it and answers its exit code. */
  int run(InputStream in, OutputStream out, String... args) throws IOException, ReflectiveOperationException {
    PrintStream text = new PrintStream(out, false, StandardCharsets.UTF_8);
    try {
      int code = (int) run.invoke(null, in, text, args);
      text.flush();
      return code;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IOException failed) {
        throw failed;
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
