package io.yapok.state.internal.part;

import io.yapok.schemas.Batch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/**
 * What a recurrent model left at a key's last row. Records do not change it: the model does, between {@link #recall} and {@link #remember}. Stored as little-endian
 * float32, or as no bytes at all while no row has run.
 */
public final class TensorPart implements Part {
  private static final byte[] NOTHING = new byte[0];

  private final int slot;
  private final byte[] stored;
  private final ByteBuffer storedBytes;
  private final FloatBuffer values;
  private boolean used;

  /**
   * Zeros.
   *
   * @param slot of its column, which has a row a lane
   * @param elements of the tensor
   */
  public TensorPart(int slot, int elements) {
    this.slot = slot;
    this.stored = new byte[Math.multiplyExact(elements, Float.BYTES)];
    this.storedBytes = ByteBuffer.wrap(stored);
    this.values = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  @Override
  public void clear() {
    if (used) {
      Arrays.fill(stored, (byte) 0);
      used = false;
    }
  }

  /** Puts it into a lane; there is room for as many as the batch has rows. */
  public void recall(Batch batch, int lane) {
    batch.column(slot).floats().put(lane * values.capacity(), values, 0, values.capacity());
  }

  /** Takes what the steps left in a lane. */
  public void remember(Batch batch, int lane) {
    values.put(0, batch.column(slot).floats(), lane * values.capacity(), values.capacity());
    used = true;
  }

  @Override
  public void read(Decoder in) throws IOException {
    clear();
    ByteBuffer read = in.readBytes(storedBytes); // itself, unless it is too small
    int length = read.remaining();
    storedBytes.clear();
    if (length != 0 && length != stored.length) {
      throw new IOException("a tensor of " + length + " bytes where there should be " + stored.length);
    }
    read.get(read.position(), stored, 0, length);
    used = length != 0;
  }

  @Override
  public void write(Encoder out) throws IOException {
    out.writeBytes(used ? stored : NOTHING);
  }
}
