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
  void Step(std::vector<float>& x, const std::vector<double>& gradient, double scale) {
    constexpr double kBeta1 = 0.9, kBeta2 = 0.999, kEpsilon = 1e-8;
    b1_ *= kBeta1;
    b2_ *= kBeta2;
    for (size_t i = 0; i < x.size(); ++i) {
      m_[i] = kBeta1 * m_[i] + (1 - kBeta1) * gradient[i];
      v_[i] = kBeta2 * v_[i] + (1 - kBeta2) * gradient[i] * gradient[i];
      const double step = m_[i] / (1 - b1_) / (std::sqrt(v_[i] / (1 - b2_)) + kEpsilon);
      x[i] = static_cast<float>(x[i] - rate_ * scale * (step + decay_ * x[i]));
    }
  }

 private:
  std::vector<double> m_, v_;
  double rate_, decay_, b1_ = 1, b2_ = 1;
};

std::vector<double> Softmax(std::vector<double> logits) {
  if (logits.empty()) return logits;
  const double top = *std::max_element(logits.begin(), logits.end());
  double sum = 0;
  for (double& x : logits) sum += x = std::exp(x - top);
  for (double& x : logits) x /= sum;
  return logits;
}

}  // namespace

std::vector<double> Ranker::Logits(const QueryFeatures& query) const {
  std::vector<double> logits(query.num_objects, 0);
  for (size_t i = 0; i < query.num_objects; ++i) {
    const float* row = query.Row(i);
    float sum = 0;
    for (size_t k = 0; k < inputs_; ++k) sum += linear_[k] * row[k];
    for (size_t h = 0; h < hidden_; ++h) {
      float a = bias_[h];
      const float* w = first_.data() + h * inputs_;
      for (size_t k = 0; k < inputs_; ++k) a += w[k] * row[k];
      sum += a > 0 ? a * second_[h] : 0;
    }
    logits[i] = sum;
  }
  return logits;
}

std::vector<double> Ranker::Probabilities(const QueryFeatures& query) const {
  return Softmax(Logits(query));
}

Ranker Ranker::Train(std::span<const RankingExample> examples, const RankerTraining& options) {
  constexpr size_t kBatch = 16;
  Ranker net;
  net.inputs_ = NumFeatures();
  net.hidden_ = static_cast<size_t>(options.hidden);
  net.linear_ = ZeroShot().linear_;
  net.first_.resize(net.hidden_ * net.inputs_);
  net.bias_.assign(net.hidden_, 0);
  net.second_.resize(net.hidden_);
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
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    rng.Shuffle(order);
    for (size_t batch = 0; batch < num_batches; ++batch) {
      std::vector<double> g_linear(net.linear_.size()), g_first(net.first_.size()),
          g_bias(net.hidden_), g_second(net.hidden_);
      std::vector<float> keep(net.hidden_);
      for (float& k : keep)
        k = rng.Coin(options.dropout) ? 0.f : static_cast<float>(1 / (1 - options.dropout));
      for (size_t b = batch * kBatch; b < std::min(order.size(), (batch + 1) * kBatch); ++b) {
        const RankingExample& example = examples[order[b]];
        const QueryFeatures& q = example.features;
        std::vector<float> hidden(q.num_objects * net.hidden_);
        std::vector<double> logits(q.num_objects);
        for (size_t i = 0; i < q.num_objects; ++i) {
          const float* row = q.Row(i);
          float sum = 0;
          for (size_t k = 0; k < net.inputs_; ++k) sum += net.linear_[k] * row[k];
          for (size_t h = 0; h < net.hidden_; ++h) {
            if (keep[h] == 0) continue;
            float a = net.bias_[h];
            const float* w = net.first_.data() + h * net.inputs_;
            for (size_t k = 0; k < net.inputs_; ++k) a += w[k] * row[k];
            a = std::max(0.f, a) * keep[h];
            hidden[i * net.hidden_ + h] = a;
            sum += a * net.second_[h];
          }
          logits[i] = sum;
        }
        const auto p = Softmax(logits);
        for (size_t i = 0; i < q.num_objects; ++i) {
          const double d = p[i] - example.target[i];
          if (std::abs(d) < 1e-4) continue;
          const float* row = q.Row(i);
          for (size_t k = 0; k < net.inputs_; ++k) g_linear[k] += d * row[k];
          for (size_t h = 0; h < net.hidden_; ++h) {
            const float a = hidden[i * net.hidden_ + h];
            if (a <= 0) continue;
            g_second[h] += d * a;
            const double back = d * net.second_[h] * keep[h];
            g_bias[h] += back;
            double* g = g_first.data() + h * net.inputs_;
            for (size_t k = 0; k < net.inputs_; ++k) g[k] += back * row[k];
          }
        }
      }
      // Cosine descent of the rate, so that the end does not depend on the last batches.
      const double done = (static_cast<double>(epoch) +
                           static_cast<double>(batch) / static_cast<double>(num_batches)) /
                          options.epochs;
      const double scale = 0.5 * (1 + std::cos(3.141592653589793 * done));
      for (auto* g : {&g_linear, &g_first, &g_bias, &g_second})
        for (double& x : *g) x /= kBatch;
      linear.Step(net.linear_, g_linear, scale);
      first.Step(net.first_, g_first, scale);
      bias.Step(net.bias_, g_bias, scale);
      second.Step(net.second_, g_second, scale);
    }
  }
  return net;
}

Json Ranker::ToJson() const {
  const auto list = [](const std::vector<float>& values) {
    Json::Array out;
    for (const float v : values) out.emplace_back(std::round(static_cast<double>(v) * 1e3) / 1e3);
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
    for (const double v : numbers) out.push_back(static_cast<float>(v));
    return {};
  };
  SPATIUM_TRY_DO(read("linear", net.inputs_, net.linear_));
  SPATIUM_TRY_DO(read("first", net.inputs_ * net.hidden_, net.first_));
  SPATIUM_TRY_DO(read("bias", net.hidden_, net.bias_));
  SPATIUM_TRY_DO(read("second", net.hidden_, net.second_));
  return net;
}

}  // namespace spatium
