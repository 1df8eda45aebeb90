package io.yapok.perf.internal.workload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Which record a result answers, and what it says, so that contestants can be compared. Keeps nothing; for any thread. */
public interface Answers {
  /** The record's id; -1 where the result answers none. */
  long id(byte[] key, byte[] value);

  /** What the model answered, as 32 bits. */
  int digest(byte[] value);

  /** Of results that are tensors: every byte is an answer. */
  static Answers ofTensors() {
    return new Keyed() {
      @Override
      public int digest(byte[] value) {
        return Arrays.hashCode(value);
      }
    };
  }

  /** Of JSON results: what stands under {@code out}; times and places differ between contestants. */
  static Answers ofJson() {
    return new Keyed() {
      @Override
      public int digest(byte[] value) {
        return JsonParts.digest(value, "\"out\":");
      }
    };
  }

  /** Of JSON results that hold the record's id as a number under this name, whatever their key. */
  static Answers ofJsonWithId(String field) {
    return new Answers() {
      @Override
      public long id(byte[] key, byte[] value) {
        return JsonParts.number(value, "\"" + field + "\":");
      }

      @Override
      public int digest(byte[] value) {
        return JsonParts.digest(value, "\"out\":");
      }
    };
  }

  /** Where keys are the ids that {@link RecordPool#key} makes. */
  abstract class Keyed implements Answers {
    @Override
    public long id(byte[] key, byte[] value) {
      return RecordPool.id(key);
    }
  }

  /** Finds parts of a result without reading the rest: a million results a run are checked while the next contestant waits. */
  final class JsonParts {
    private JsonParts() {}

    /**
     * The hash of the object after this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static int digest(byte[] value, String name) {
      int start = after(value, name.getBytes(StandardCharsets.US_ASCII));
      int depth = 0;
      int hash = 1;
      for (int i = start; i < value.length; i++) {
        byte b = value[i];
        hash = 31 * hash + b;
        depth += b == '{' ? 1 : b == '}' ? -1 : 0;
        if (depth == 0) {
          return hash;
        }
      }
      throw new IllegalArgumentException("no end of " + name + " in " + new String(value, StandardCharsets.UTF_8));
    }

    static long number(byte[] value, String name) {
      long number = 0;
      for (int i = after(value, name.getBytes(StandardCharsets.US_ASCII)); i < value.length && value[i] >= '0' && value[i] <= '9'; i++) {
        number = 10 * number + value[i] - '0';
      }
      return number;
    }

    private static int after(byte[] value, byte[] name) {
      for (int from = 0; from + name.length < value.length; from++) {
        if (Arrays.equals(value, from, from + name.length, name, 0, name.length)) {
          return from + name.length;
        }
      }
      throw new IllegalArgumentException("no " + new String(name, StandardCharsets.US_ASCII) + " in " + new String(value, StandardCharsets.UTF_8));
    }
  }
}
