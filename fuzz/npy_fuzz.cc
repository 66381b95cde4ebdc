// numpy's arrays: headers, elements, and the pickles of arrays of objects.
#include "spatium/dataset/npz.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace spatium;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)ParseNpy(bytes, "fuzz");
  (void)internal::ParseNumpyPickle(bytes, "fuzz");
  return 0;
}
