package io.yapok.schemas;

/**
 * What a recurrent model left at a key's last row, recalled into a column before the steps run and remembered after them. The column has a row a {@link Batch#lane
 * lane} instead of one a row: the tensor of that key, zeros for a key that has none.
 *
 * @param name under which it is kept, unique in a pipeline: the step's and the input's, of {@code A-Z a-z 0-9 _}
 * @param slot of a float32 column of {@code shape}
 * @param shape of one key's tensor; fixed
 * @param model SHA-256 of the model that wrote it; what another one wrote means nothing to it
 */
public record StateTensor(String name, int slot, RowShape shape, String model) {
  public StateTensor {
    if (!shape.isFixed()) {
      throw new IllegalArgumentException("the state " + name + " has no fixed shape: " + shape);
    }
  }
}
