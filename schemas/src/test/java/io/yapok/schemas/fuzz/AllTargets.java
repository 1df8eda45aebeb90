package io.yapok.schemas.fuzz;

import java.util.List;

/** All targets of this module in one process. */
final class AllTargets extends Together {
  static final List<FuzzTarget> EACH = List.of(new JsonTarget(), new AvroTarget(), new AvroSchemaTarget(), new TensorTarget(), new OipTarget(), new DocumentTarget());

  AllTargets() {
    super(EACH);
  }
}
