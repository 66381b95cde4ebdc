#pragma once
#include <string>

#include "spatium/dataset/question_set.h"

namespace spatium {

struct GalleryOptions {
  std::string title = "Questions";
  std::string subtitle;  // where they come from
  unsigned threads = 0;
};

// A page to look at questions: pictures with their markers, the answer behind a click, provenance
// on demand, filters by task and format and a text search. A picture that cannot be read is shown
// as a message in its place. The same bytes for any number of threads.
std::string GalleryPage(const std::vector<PlacedQuestion>& questions,
                        const GalleryOptions& options);

}  // namespace spatium
