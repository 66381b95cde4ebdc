#include "spatium/grounding/ranker.h"

#include <algorithm>
#include <cmath>

#include "spatium/base/random.h"

namespace spatium {
namespace {

// Adam (Kingma, Ba 2015) with decoupled weight decay, over one vector of parameters.
class Adam {
 public:
  Adam(size_t n, double rate, double decay) : m_(n), v_(n), rate_(rate), decay_(decay) {}
  // Decay is towards `rest`, or zero where it is empty.
  void Step(std::vector<float>& x,
            const std::vector<float>& gradient,
            double scale,
            const std::vector<float>& rest = {}) {
    constexpr float kBeta1 = 0.9f, kBeta2 = 0.999f, kEpsilon = 1e-8f;
    b1_ *= kBeta1;
    b2_ *= kBeta2;
    const auto rate = static_cast<float>(rate_ * scale), decay = static_cast<float>(decay_);
    const auto first = static_cast<float>(1 / (1 - b1_)),
               second = static_cast<float>(1 / (1 - b2_));
    for (size_t i = 0; i < x.size(); ++i) {
      m_[i] = kBeta1 * m_[i] + (1 - kBeta1) * gradient[i];
      v_[i] = kBeta2 * v_[i] + (1 - kBeta2) * gradient[i] * gradient[i];
      const float step = m_[i] * first / (std::sqrt(v_[i] * second) + kEpsilon);
      x[i] -= rate * (step + decay * (x[i] - (rest.empty() ? 0 : rest[i])));
    }
  }

 private:
  std::vector<float> m_, v_;
  double rate_, decay_, b1_ = 1, b2_ = 1;
};

// Weights are written as whole hundredths: a shipped file stays small, and the answers the same.
constexpr double kSteps = 100;

}  // namespace

std::vector<double> Softmax(std::vector<double> logits) {
  if (logits.empty()) return logits;
  const double top = *std::max_element(logits.begin(), logits.end());
  double sum = 0;
  for (double& x : logits) sum += x = std::exp(x - top);
  for (double& x : logits) x /= sum;
  return logits;
}

std::vector<double> Ranker::Logits(const QueryFeatures& query) const {
  std::vector<double> logits(query.num_objects, 0);
  std::vector<float> units(hidden_);
  for (size_t i = 0; i < query.num_objects; ++i) {
    const float* row = query.Row(i);
    float sum = 0;
    std::copy(bias_.begin(), bias_.end(), units.begin());
    for (size_t k = 0; k < inputs_; ++k) {
      if (row[k] == 0) continue;
      sum += linear_[k] * row[k];
      const float* w = first_.data() + k * hidden_;
      for (size_t h = 0; h < hidden_; ++h) units[h] += w[h] * row[k];
    }
    for (size_t h = 0; h < hidden_; ++h) sum += std::max(0.f, units[h]) * second_[h];
    logits[i] = sum;
  }
  return logits;
}

RankingExample ToExample(const QueryFeatures& q, std::vector<float> target) {
  RankingExample out{.entries = {}, .begin = {0}, .target = std::move(target)};
  for (size_t i = 0; i < q.num_objects; ++i) {
    const float* row = q.Row(i);
    for (size_t k = 0; k < q.row_size; ++k)
      if (row[k] != 0) out.entries.push_back({static_cast<uint32_t>(k), row[k]});
    out.begin.push_back(static_cast<uint32_t>(out.entries.size()));
  }
  return out;
}

Ranker Ranker::Train(std::span<const RankingExample> examples, const RankerTraining& options) {
  constexpr size_t kBatch = 32;
  Ranker net;
  net.inputs_ = NumFeatures();
  net.hidden_ = static_cast<size_t>(options.hidden);
  const size_t hidden = net.hidden_;
  const std::vector<float> start = ZeroShot().linear_;
  net.linear_ = start;
  net.first_.resize(hidden * net.inputs_);
  net.bias_.assign(hidden, 0);
  net.second_.resize(hidden);
  RandomStream rng(options.seed, {"ranker"});
  const double spread = 1 / std::sqrt(static_cast<double>(net.inputs_));
  for (float& w : net.first_) w = static_cast<float>(spread * rng.Normal());
  for (float& w : net.second_) w = static_cast<float>(0.1 * rng.Normal());

  std::vector<size_t> order;
  for (size_t e = 0; e < examples.size(); ++e) {
    double sum = 0;
    for (const float t : examples[e].target) sum += t;
    if (sum > 0) order.push_back(e);
  }
  Adam linear(net.linear_.size(), options.learning_rate, options.weight_decay);
  Adam first(net.first_.size(), options.learning_rate, options.weight_decay);
  Adam bias(net.bias_.size(), options.learning_rate, 0);
  Adam second(net.second_.size(), options.learning_rate, options.weight_decay);
  const size_t num_batches = (order.size() + kBatch - 1) / kBatch;
  std::vector<float> g_linear(net.linear_.size()), g_first(net.first_.size()), g_bias(hidden),
      g_second(hidden), keep(hidden), units, back(hidden);
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    rng.Shuffle(order);
    for (size_t batch = 0; batch < num_batches; ++batch) {
      for (auto* g : {&g_linear, &g_first, &g_bias, &g_second}) std::fill(g->begin(), g->end(), 0);
      for (float& k : keep)
        k = rng.Coin(options.dropout) ? 0.f : static_cast<float>(1 / (1 - options.dropout));
      for (size_t b = batch * kBatch; b < std::min(order.size(), (batch + 1) * kBatch); ++b) {
        const RankingExample& q = examples[order[b]];
        const size_t n = q.begin.size() - 1;
        units.assign(n * hidden, 0);
        std::vector<double> logits(n);
        for (size_t i = 0; i < n; ++i) {
          float sum = 0;
          float* u = units.data() + i * hidden;
          std::copy(net.bias_.begin(), net.bias_.end(), u);
          for (uint32_t e = q.begin[i]; e < q.begin[i + 1]; ++e) {
            const auto [feature, value] = q.entries[e];
            sum += net.linear_[feature] * value;
            const float* w = net.first_.data() + feature * hidden;
            for (size_t h = 0; h < hidden; ++h) u[h] += w[h] * value;
          }
          for (size_t h = 0; h < hidden; ++h) {
            u[h] = std::max(0.f, u[h]) * keep[h];
            sum += u[h] * net.second_[h];
          }
          logits[i] = sum;
        }
        const auto p = Softmax(std::move(logits));
        for (size_t i = 0; i < n; ++i) {
          const auto d = static_cast<float>(p[i] - q.target[i]);
          if (std::abs(d) < 1e-4f) continue;
          const float* u = units.data() + i * hidden;
          for (size_t h = 0; h < hidden; ++h) {
            g_second[h] += d * u[h];
            back[h] = u[h] > 0 ? d * net.second_[h] * keep[h] : 0.f;
            g_bias[h] += back[h];
          }
          for (uint32_t e = q.begin[i]; e < q.begin[i + 1]; ++e) {
            const auto [feature, value] = q.entries[e];
            g_linear[feature] += d * value;
            float* g = g_first.data() + feature * hidden;
            for (size_t h = 0; h < hidden; ++h) g[h] += back[h] * value;
          }
        }
      }
      // Cosine descent of the rate, so that the end does not depend on the last batches.
      const double done = (static_cast<double>(epoch) +
                           static_cast<double>(batch) / static_cast<double>(num_batches)) /
                          options.epochs;
      const double scale = 0.5 * (1 + std::cos(3.141592653589793 * done));
      for (auto* g : {&g_linear, &g_first, &g_bias, &g_second})
        for (float& x : *g) x /= kBatch;
      linear.Step(net.linear_, g_linear, scale, start);
      first.Step(net.first_, g_first, scale);
      bias.Step(net.bias_, g_bias, scale);
      second.Step(net.second_, g_second, scale);
    }
  }
  // As they are written, so that what is judged is what is shipped.
  for (auto* weights : {&net.linear_, &net.first_, &net.bias_, &net.second_})
    for (float& w : *weights) w = static_cast<float>(std::round(w * kSteps) / kSteps);
  return net;
}

Json Ranker::ToJson() const {
  const auto list = [](const std::vector<float>& values) {
    Json::Array out;
    for (const float v : values) out.emplace_back(std::lround(v * kSteps));
    return Json(std::move(out));
  };
  return Json::MakeObject({{"inputs", inputs_},
                           {"hidden", hidden_},
                           {"linear", list(linear_)},
                           {"first", list(first_)},
                           {"bias", list(bias_)},
                           {"second", list(second_)}});
}

Result<Ranker> Ranker::FromJson(const JsonCursor& json) {
  Ranker net;
  SPATIUM_TRY(const auto inputs, json.At("inputs"));
  SPATIUM_TRY(const int64_t num_inputs, inputs.Int());
  if (num_inputs != static_cast<int64_t>(NumFeatures()))
    return inputs.Expected("as many inputs as this version has features");
  SPATIUM_TRY(const auto hidden, json.At("hidden"));
  SPATIUM_TRY(const int64_t num_hidden, hidden.Int());
  if (num_hidden < 0 || num_hidden > 4096) return hidden.Expected("0 to 4096 hidden units");
  net.inputs_ = static_cast<size_t>(num_inputs);
  net.hidden_ = static_cast<size_t>(num_hidden);
  const auto read = [&](std::string_view key, size_t n, std::vector<float>& out) -> Result<void> {
    SPATIUM_TRY(const auto field, json.At(key));
    SPATIUM_TRY(const auto numbers, field.Numbers(n));
    for (const double v : numbers) out.push_back(static_cast<float>(v / kSteps));
    return {};
  };
  SPATIUM_TRY_DO(read("linear", net.inputs_, net.linear_));
  SPATIUM_TRY_DO(read("first", net.inputs_ * net.hidden_, net.first_));
  SPATIUM_TRY_DO(read("bias", net.hidden_, net.bias_));
  SPATIUM_TRY_DO(read("second", net.hidden_, net.second_));
  return net;
}

}  // namespace spatium
