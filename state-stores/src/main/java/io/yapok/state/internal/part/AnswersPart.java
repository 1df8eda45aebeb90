package io.yapok.state.internal.part;

import io.yapok.schemas.ResultHeader;
import io.yapok.state.StoredAnswer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * What a key's last records were answered, for their duplicates. A record has its place from when it is decoded, before it is answered, and keeps it if it is not, so that which
 * answers are kept does not depend on how records are cut into batches.
 */
public final class AnswersPart implements Part {
  /** Of all answers of a key: its state is one record of the changelog. */
  private static final long MAX_BYTES = 512 << 10;

  private final long withinMillis;
  private final int most;
  private final Deque<Kept> kept = new ArrayDeque<>();

  /** A record's place. */
  public final class Kept {
    private final Fingerprint of;
    private final long timestamp;
    private @Nullable StoredAnswer answer;

    private Kept(Fingerprint of, long timestamp) {
      this.of = of;
      this.timestamp = timestamp;
    }

    /** Keeps what the record was answered, unless that is more than its share of the room. */
    public void answered(StoredAnswer given) {
      answer = given.bytes() > MAX_BYTES / most ? null : given;
    }
  }

  /** No answers yet. */
  public AnswersPart(long withinMillis, int most) {
    this.withinMillis = withinMillis;
    this.most = most;
  }

  /** The newest answer to a record that is known by this, at most so far from this time; null if there is none. */
  public @Nullable StoredAnswer find(Fingerprint fingerprint, long timestamp) {
    for (Iterator<Kept> newest = kept.descendingIterator(); newest.hasNext(); ) {
      Kept each = newest.next();
      if (each.answer != null && each.of.equals(fingerprint) && Math.abs(timestamp - each.timestamp) <= withinMillis) {
        return each.answer;
      }
    }
    return null;
  }

  /** Gives a record a place, and lets go of those that are too old for any record from its time on, or too many. */
  public Kept place(Fingerprint fingerprint, long timestamp) {
    Kept place = new Kept(fingerprint, timestamp);
    kept.addLast(place);
    while (kept.size() > most || timestamp - kept.getFirst().timestamp > withinMillis) {
      kept.removeFirst();
    }
    return place;
  }

  @Override
  public void clear() {
    kept.clear();
  }

  @Override
  public void read(Decoder in) throws IOException {
    clear();
    for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
      for (long i = 0; i < left; i++) {
        Fingerprint fingerprint = new Fingerprint(in.readLong(), in.readLong());
        Kept place = new Kept(fingerprint, in.readLong());
        for (long answers = in.readArrayStart(); answers > 0; answers = in.arrayNext()) {
          place.answer = new StoredAnswer(readOptional(in), readHeaders(in));
        }
        kept.addLast(place);
      }
    }
  }

  private static List<ResultHeader> readHeaders(Decoder in) throws IOException {
    List<ResultHeader> headers = new ArrayList<>();
    for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
      for (long i = 0; i < left; i++) {
        headers.add(new ResultHeader(in.readString(), readOptional(in)));
      }
    }
    return headers;
  }

  private static byte @Nullable [] readOptional(Decoder in) throws IOException {
    byte[] value = null;
    for (long left = in.readArrayStart(); left > 0; left = in.arrayNext()) {
      ByteBuffer read = in.readBytes(null);
      value = new byte[read.remaining()];
      read.get(value);
    }
    return value;
  }

  @Override
  public void write(Encoder out) throws IOException {
    out.writeArrayStart();
    out.setItemCount(kept.size());
    for (Kept each : kept) {
      out.startItem();
      out.writeLong(each.of.high());
      out.writeLong(each.of.low());
      out.writeLong(each.timestamp);
      writeAnswer(each.answer, out);
    }
    out.writeArrayEnd();
  }

  private static void writeAnswer(@Nullable StoredAnswer answer, Encoder out) throws IOException {
    out.writeArrayStart();
    out.setItemCount(answer == null ? 0 : 1);
    if (answer != null) {
      out.startItem();
      writeOptional(answer.value(), out);
      writeHeaders(answer.headers(), out);
    }
    out.writeArrayEnd();
  }

  private static void writeHeaders(List<ResultHeader> headers, Encoder out) throws IOException {
    out.writeArrayStart();
    out.setItemCount(headers.size());
    for (ResultHeader header : headers) {
      out.startItem();
      out.writeString(header.name());
      writeOptional(header.value(), out);
    }
    out.writeArrayEnd();
  }

  private static void writeOptional(byte @Nullable [] value, Encoder out) throws IOException {
    out.writeArrayStart();
    out.setItemCount(value == null ? 0 : 1);
    if (value != null) {
      out.startItem();
      out.writeBytes(value);
    }
    out.writeArrayEnd();
  }
}
