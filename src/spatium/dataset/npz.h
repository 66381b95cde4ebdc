#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "spatium/base/files.h"
#include "spatium/base/result.h"

namespace spatium {

// An array of numpy, of any shape, in C order. Exactly one of the three lists is used.
struct NpyArray {
  std::vector<size_t> shape;
  std::vector<double> numbers;     // integers, floats, booleans
  std::vector<std::string> texts;  // strings (UTF-8) and bytes
  std::vector<NpyArray> objects;   // arrays of arrays; a scalar object has an empty shape
};

// Reads a .npy file's bytes. Arrays of objects are pickles: only what numpy itself writes into them
// (arrays, numbers, strings, lists of them) is read, nothing is ever called.
// Errors: kParse with the place; kUnsupported for other element types and other pickled things.
Result<NpyArray> ParseNpy(std::string_view bytes, std::string_view where);

// The member NAME of a .npz file (a .zip of .npy files). Errors: kNotFound, and ParseNpy's.
Result<NpyArray> ReadNpzMember(const Path& file, std::string_view name);

namespace internal {
// A pickled numpy array of objects, or one object.
Result<NpyArray> ParseNumpyPickle(std::string_view bytes, std::string_view where);
// Elements of one of numpy's types ("<f4", "|b1", "<U7"), C order.
Result<NpyArray> DecodeElements(std::string_view type,
                                std::vector<size_t> shape,
                                bool fortran_order,
                                std::string_view bytes,
                                std::string_view where);
}  // namespace internal

}  // namespace spatium
