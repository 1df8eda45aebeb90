package io.yapok.state;

class InMemoryStateTableTest extends StateTableContract {
  @Override
  StateTable table() {
    return StateTable.inMemory();
  }
}
