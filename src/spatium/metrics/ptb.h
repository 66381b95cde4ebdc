#pragma once
#include <string>
#include <string_view>

namespace spatium {

// A caption as coco-caption prepares it: Penn Treebank tokens in lower case, without the
// punctuation that its wrapper removes (quotes, periods, commas, dashes, …; brackets stay, as
// "-lrb-"), separated by single spaces. Written from the Treebank's documented conventions and from
// the reference tokenizer's outputs (CoreNLP 3.4.1 with preserveLines and lowerCase), not from its
// source; where an abbreviation ends a sentence no second period is needed, as it is removed.
// Linear in the text.
std::string PtbTokenize(std::string_view caption);

}  // namespace spatium
