package io.yapok.schemas.fuzz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Several targets in one process, since Jazzer takes seconds to start; an input's first byte chooses one of them. */
public abstract class Together implements FuzzTarget {
  private final List<FuzzTarget> targets;

  protected Together(List<FuzzTarget> targets) {
    this.targets = targets;
  }

  @Override
  public String name() {
    return "together";
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      for (byte[] seed : targets.get(i).seeds()) {
        seeds.add(ByteBuffer.allocate(1 + seed.length).put((byte) i).put(seed).array());
      }
    }
    return seeds;
  }

  @Override
  public List<String> words() {
    return targets.stream().flatMap(target -> target.words().stream()).distinct().toList();
  }

  @Override
  public void read(byte[] input) {
    if (input.length > 0) {
      targets.get((input[0] & 0xFF) % targets.size()).read(Arrays.copyOfRange(input, 1, input.length));
    }
  }
}
