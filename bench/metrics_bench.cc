// Caption metrics on 30,000 captions of our own, beside their peers: the published Python CIDEr and
// the two Java programs take 1.0 s (on 4,675 items), 7.5 s (METEOR without paraphrases) and their
// start. Set SPATIUM_METEOR_JAR for METEOR's own word tables.
//   build/bench/bench/metrics_bench
#include <benchmark/benchmark.h>

#include "spatium/base/random.h"
#include "spatium/metrics/caption_metrics.h"
#include "spatium/metrics/golden.h"
#include "spatium/metrics/meteor.h"
#include "spatium/metrics/ptb.h"
#include "spatium/metrics/sparbench.h"
#include "spatium/metrics/vsibench.h"

namespace spatium {
namespace {

constexpr size_t kCaptions = 30'000;

std::string MakeCaption(RandomStream& rng) {
  static const std::vector<std::string> sizes = {"small", "large", "tall", "low", "round"};
  static const std::vector<std::string> colors = {"brown", "white", "grey", "red", "wooden"};
  static const std::vector<std::string> things = {
      "chair", "table", "sofa", "couch", "desk", "lamp", "sink", "pillow", "bed", "cabinet"};
  static const std::vector<std::string> places = {
      "to the left of", "next to", "behind", "in front of", "on top of"};
  return "This is a " + rng.Choice(sizes) + ", " + rng.Choice(colors) + " " + rng.Choice(things) +
         ". It's " + rng.Choice(places) + " the " + rng.Choice(colors) + " " + rng.Choice(things) +
         "'s corner (near the door).";
}

const std::vector<CaptionItem>& RawItems() {
  static const std::vector<CaptionItem> items = [] {
    RandomStream rng(1, {"metrics bench"});
    std::vector<CaptionItem> out(kCaptions);
    for (CaptionItem& item : out) {
      item.prediction = MakeCaption(rng);
      for (int i = 0; i < 2; ++i) item.references.push_back(MakeCaption(rng));
    }
    return out;
  }();
  return items;
}

void BM_Ptb(benchmark::State& state) {
  const auto& items = RawItems();
  for (auto _ : state) {
    for (const CaptionItem& item : items) {
      benchmark::DoNotOptimize(PtbTokenize(item.prediction).size());
    }
  }
  state.SetItemsProcessed(static_cast<int64_t>(kCaptions) * state.iterations());
}

const std::vector<CaptionItem>& TokenItems() {
  static const std::vector<CaptionItem> items = [] {
    std::vector<CaptionItem> out = RawItems();
    for (CaptionItem& item : out) {
      item.prediction = PtbTokenize(item.prediction);
      for (std::string& reference : item.references) reference = PtbTokenize(reference);
    }
    return out;
  }();
  return items;
}

void BM_Cider(benchmark::State& state) {
  const auto& items = TokenItems();
  for (auto _ : state) benchmark::DoNotOptimize(Cider(CaptionCounts(items))->mean);
  state.SetItemsProcessed(static_cast<int64_t>(kCaptions) * state.iterations());
}

void BM_Bleu(benchmark::State& state) {
  const auto& items = TokenItems();
  for (auto _ : state) benchmark::DoNotOptimize(Bleu(CaptionCounts(items)).corpus[3]);
  state.SetItemsProcessed(static_cast<int64_t>(kCaptions) * state.iterations());
}

void BM_RougeL(benchmark::State& state) {
  const auto& items = TokenItems();
  for (auto _ : state) benchmark::DoNotOptimize(RougeL(items).mean);
  state.SetItemsProcessed(static_cast<int64_t>(kCaptions) * state.iterations());
}

void BM_Meteor(benchmark::State& state) {
  std::vector<MeteorItem> items;
  for (const CaptionItem& item : RawItems()) items.push_back({item.prediction, item.references});
  (void)MeteorTables::Default();
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        ScoreMeteor(items, false, static_cast<unsigned>(state.range(0)))->corpus);
  }
  state.SetItemsProcessed(static_cast<int64_t>(kCaptions) * state.iterations());
}

// One reply to a score, the hot path of scoring a million predictions.
void BM_VsiReply(benchmark::State& state) {
  const py::Str reply = U"About 3.5 meters.", gold = U"3.2";
  for (auto _ : state) {
    benchmark::DoNotOptimize(ScoreVsi(VsiKind::kNumber, reply, gold, Profile::kLmmsEval).score);
  }
  state.SetItemsProcessed(state.iterations());
}

void BM_SparReply(benchmark::State& state) {
  const py::Str reply = U"The distance is 1.5 m", gold = U"1.4";
  for (auto _ : state) {
    benchmark::DoNotOptimize(SparNumberScore("depth_prediction_oc", reply, gold));
  }
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(BM_Ptb)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Cider)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Bleu)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_RougeL)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Meteor)->Arg(1)->Arg(0)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(BM_VsiReply);
BENCHMARK(BM_SparReply);

}  // namespace
}  // namespace spatium

BENCHMARK_MAIN();
