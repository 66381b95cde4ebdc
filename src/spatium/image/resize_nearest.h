#pragma once
#include <algorithm>
#include <vector>

#include "spatium/image/image.h"

// For resize_*.cc only.
namespace spatium::internal {

// Each new pixel is the source pixel at (columns[x], rows[y]).
template <class T, int Channels>
ImageOf<T, Channels> PickPixels(const ImageOf<T, Channels>& image,
                                const std::vector<int>& columns,
                                const std::vector<int>& rows) {
  ImageOf<T, Channels> out(static_cast<int>(columns.size()), static_cast<int>(rows.size()));
  for (size_t y = 0; y < rows.size(); ++y) {
    T* to = out.at(0, static_cast<int>(y));
    for (const int column : columns) to = std::copy_n(image.at(column, rows[y]), Channels, to);
  }
  return out;
}

}  // namespace spatium::internal
