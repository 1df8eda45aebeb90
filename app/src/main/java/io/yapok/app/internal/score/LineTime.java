package io.yapok.app.internal.score;

import io.yapok.schemas.PipelineDocument;
import io.yapok.schemas.Problem;
import io.yapok.schemas.ProblemsException;
import io.yapok.schemas.Reject;
import io.yapok.schemas.RejectReason;
import io.yapok.schemas.Where;
import io.yapok.schemas.WriterSchemas;
import io.yapok.topology.KeyField;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a line's time out of one of its fields: milliseconds since 1970, or a date and time of ISO 8601, with a space for the {@code T} or not, which is UTC if it
 * names no offset. One thread's.
 */
final class LineTime implements Scorer.LineTimes {
  private static final Pattern PATH = Pattern.compile("[^.\\s](|[^.]*[^.\\s])(\\.[^.\\s](|[^.]*[^.\\s]))*");
  private static final Pattern MILLIS = Pattern.compile("-?\\d{1,18}");

  private final String path;
  private final KeyField field;
  private long millis;

  LineTime(String path) {
    if (!PATH.matcher(path).matches()) {
      throw new ProblemsException(new Problem("\"" + path + "\" is not a field's path", Where.of("--time"), "write names with single dots between them, such as reading.time"));
    }
    this.path = path;
    this.field = new KeyField(PipelineDocument.Format.JSON, path, WriterSchemas.NONE);
  }

  @Override
  public @Nullable Reject read(byte[] line) {
    Reject reject = field.read(line);
    if (reject != null) {
      return reject.reason() == RejectReason.WRONG_TYPE ? noTime("an object or array") : reject;
    }
    String text = new String(field.key(), StandardCharsets.UTF_8);
    try {
      millis = MILLIS.matcher(text).matches() ? Long.parseLong(text) : millisOf(text.replace(' ', 'T'));
      return null;
    } catch (DateTimeException | ArithmeticException e) {
      return noTime("\"" + (text.length() > 40 ? text.substring(0, 40) + "..." : text) + "\"");
    }
  }

  private static long millisOf(String text) {
    TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
    return (time instanceof OffsetDateTime offset ? offset : ((LocalDateTime) time).atOffset(ZoneOffset.UTC)).toInstant().toEpochMilli();
  }

  private Reject noTime(String what) {
    return new Reject(RejectReason.WRONG_TYPE, Reject.SOURCE, path, "the time is milliseconds since 1970 or a date and time such as 2013-12-02T21:15:00Z, not " + what);
  }

  @Override
  public long millis() {
    return millis;
  }
}
