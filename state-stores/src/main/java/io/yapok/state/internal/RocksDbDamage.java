package io.yapok.state.internal;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Tells damaged files from a full disk, a lock that another holds and the like. */
final class RocksDbDamage {
  private static final String MISSING = "No such file";

  private RocksDbDamage() {}

  /** Whether RocksDB said that its files are not as it left them. */
  static boolean isReason(@Nullable Throwable reason) {
    if (!(reason instanceof RocksDBException failure)) {
      return false;
    }
    @Nullable Status status = failure.getStatus();
    Status.Code code = status == null ? Status.Code.Undefined : status.getCode();
    return code == Status.Code.Corruption || code == Status.Code.NotFound || code == Status.Code.InvalidArgument || String.valueOf(failure.getMessage()).contains(MISSING);
  }
}
