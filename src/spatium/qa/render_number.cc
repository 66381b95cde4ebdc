#include "spatium/qa/render_number.h"

#include <cmath>

#include "spatium/base/check.h"
#include "spatium/qa/limits.h"
#include "spatium/qa/options.h"
#include "spatium/qa/wording/tails.h"

namespace spatium {
namespace {

constexpr int kValueDecimals = 4;

}  // namespace

void AddValue(std::string& json, std::string_view name, double value) {
  json += json.empty() ? "{\"" : ",\"";
  json += name;
  json += "\":";
  AppendNumber(json, value, kValueDecimals);
}

Refusal RenderMeters(const TaskFormat& format,
                     std::span<const Slot> slots,
                     double value_m,
                     RandomStream& rng,
                     Question& out) {
  const int64_t tenths = std::llround(value_m / limits::kMetreStep);
  out.margin_name = "rounding_m";
  out.margin = RoundingMargin(value_m, limits::kMetreStep);
  out.margin_threshold = limits::kRoundingMargin;
  Expand(out.text, Pick(rng, format.questions), slots);
  AppendBasis(out.text, rng);
  switch (format.format) {
    case AnswerFormat::kFill:
      AppendMetersTail(out.text, rng);
      AppendFixed(out.answer, static_cast<double>(tenths) / 10, 1);
      break;
    case AnswerFormat::kSelect: {
      const auto values = NumericOptions(tenths, rng);
      if (!values) return Refusal::kNoRoomForOptions;
      for (const int64_t value : *values) {
        QuestionOption& option = out.AddOption();
        AppendFixed(option.text, static_cast<double>(value) / 10, 1);
        option.value_json = option.text;
        option.text += " meters";
        if (value == tenths) out.correct = static_cast<int>(out.num_options) - 1;
      }
      ShuffleOptions(out, rng);
      AppendOptions(out.text, rng, out);
      out.answer = OptionLetter(static_cast<size_t>(out.correct));
      break;
    }
    case AnswerFormat::kSentence: {
      AppendSentenceTail(out.text, rng);
      std::string number;
      AppendFixed(number, static_cast<double>(tenths) / 10, 1);
      std::array<Slot, 12> all;
      size_t n = 0;
      for (const Slot& slot : slots) all[n++] = slot;
      all[n++] = {"n", number};
      Expand(out.answer, Pick(rng, format.answers), {all.data(), n});
      break;
    }
    case AnswerFormat::kJudge:
      SPATIUM_CHECK(false) << "no judge of a length";
  }
  return Refusal::kNone;
}

}  // namespace spatium
