// Word tables of METEOR's jar and of WordNet, and gzip lines; the first byte picks.
#include "fuzz_file.h"
#include "spatium/base/files.h"
#include "spatium/grounding/lexicon.h"
#include "spatium/metrics/meteor_tables.h"
#include "spatium/metrics/wordnet.h"
#include "spatium/metrics/zip_text.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace spatium;
  if (size == 0) return 0;
  const std::string_view bytes = AsText({data, size}).substr(1);
  const auto look_up = [](const Result<MeteorTables>& tables) {
    if (!tables) return;
    for (const char* word : {"chairs", "boxes", "went", "a", ""}) (void)tables->Synsets(word);
  };
  switch (data[0] % 3) {
    case 0:
      look_up(MeteorTables::FromJar(FuzzFile(bytes, ".jar")));
      break;
    case 1: {
      size_t lines = 0;
      (void)ForEachGzipLine(FuzzFile(bytes, ".gz"),
                            [&](std::string_view) { return ++lines < 100000; });
      break;
    }
    default: {
      for (const char* name : {"noun", "verb", "adj", "adv"}) {
        FuzzFileAt(bytes, std::string("dict/index.") + name);
        FuzzFileAt(bytes, std::string("dict/") + name + ".exc");
      }
      const Path dict = FuzzFolder() / "dict";
      look_up(MeteorTables::FromWordNet(dict));
      if (const auto forms = NounForms::Read(dict))
        for (const char* word : {"chairs", "boxes", "wolves", ""}) (void)forms->Lemma(word);
      (void)Lexicon(dict).Similarity("chair", "seat");
    }
  }
  return 0;
}
