#include "core/secret.h"

#include <cstring>

namespace core {

void wipe(void* data, unsigned long size) {
  // explicit_bzero is glibc's own guarantee against dead-store elimination.
  explicit_bzero(data, size);
}

}  // namespace core
