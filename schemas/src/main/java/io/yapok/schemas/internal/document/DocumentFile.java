package io.yapok.schemas.internal.document;

import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Where;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A document's text from its file. */
public final class DocumentFile {
  /** A document is written by hand; what is larger is another file given by mistake. */
  static final int MAX_BYTES = 1 << 20;

  private DocumentFile() {}

  /**
   * The file's text.
   *
   * @throws ProblemsException if it cannot be read, is too large or is not UTF-8
   */
  public static String text(Path file) {
    Where where = Where.of(file.toString());
    byte[] bytes = bytes(file, where);
    if (bytes.length > MAX_BYTES) {
      throw new ProblemsException(tooLarge(where));
    }
    return decode(bytes, where);
  }

  static Problem tooLarge(Where where) {
    return new Problem("the document is larger than 1 MiB", where, "give the YAML document of a pipeline; put long vocabularies into files of their own");
  }

  private static byte[] bytes(Path file, Where where) {
    if (Files.isDirectory(file)) {
      throw new ProblemsException(new Problem("a pipeline document is a file, and this is a directory", where, "give the YAML file in it"));
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new ProblemsException(new Problem("there is no such file", where, "check the path"));
    } catch (IOException e) {
      throw new ProblemsException(new Problem("the file cannot be read: " + e.getMessage(), where, "check its permissions"));
    }
  }

  private static String decode(byte[] bytes, Where where) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      Where end = where.at(1 + (int) text.chars().filter(c -> c == '\n').count(), 1 + text.length() - (text.lastIndexOf('\n') + 1));
      throw new ProblemsException(new Problem("the document is not UTF-8 text", end, "save it as UTF-8"));
    }
    return text;
  }
}
