package io.yapok.schemas.internal.json;

import io.yapok.schemas.Batch;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Objects;

/** A record that is JSON, as it came, but for line breaks between its values, which become spaces; or narrowed to some of its top-level fields. */
public final class JsonRecordText implements RecordText {
  private final JsonCursor cursor = new JsonCursor();
  private final ShownFields shown;
  private final byte[][] include;
  private final byte[][] exclude;

  public JsonRecordText(ShownFields shown) {
    this.shown = shown;
    this.include = utf8(shown.include());
    this.exclude = utf8(shown.exclude());
  }

  @Override
  public boolean isAbsent() {
    return shown.areNone();
  }

  @Override
  public void write(Batch batch, int record, JsonBuffer out) {
    byte[] value = Objects.requireNonNull(batch.value(record));
    if (shown.areAll()) {
      out.line(value, 0, value.length);
    } else {
      writeSome(value, out);
    }
  }

  private void writeSome(byte[] value, JsonBuffer out) {
    cursor.start(value);
    cursor.peek();
    boolean first = true;
    out.raw('{');
    for (boolean more = cursor.open(); more; more = cursor.next()) {
      cursor.peek();
      int start = cursor.position();
      cursor.readName();
      boolean isShown = (include.length == 0 || isAmong(include)) && !isAmong(exclude);
      cursor.skipValue();
      if (isShown) {
        if (!first) {
          out.raw(',');
        }
        first = false;
        out.line(value, start, cursor.position());
      }
    }
    out.raw('}');
  }

  private boolean isAmong(byte[][] names) {
    for (byte[] name : names) {
      if (cursor.textIs(name)) {
        return true;
      }
    }
    return false;
  }

  private static byte[][] utf8(Collection<String> names) {
    return names.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
  }
}
