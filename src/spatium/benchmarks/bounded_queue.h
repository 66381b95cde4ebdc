#pragma once
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>

namespace spatium {

// A queue between threads that makes producers wait while it is full. Close() wakes everybody:
// consumers drain what is left and then get nothing, producers' items are dropped.
template <class T>
class BoundedQueue {
 public:
  explicit BoundedQueue(size_t capacity) : capacity_(capacity) {}

  void Push(T item) {
    std::unique_lock lock(mutex_);
    space_.wait(lock, [&] { return closed_ || items_.size() < capacity_; });
    if (closed_) return;
    items_.push_back(std::move(item));
    filled_.notify_one();
  }
  std::optional<T> Pop() {
    std::unique_lock lock(mutex_);
    filled_.wait(lock, [&] { return closed_ || !items_.empty(); });
    if (items_.empty()) return std::nullopt;
    T item = std::move(items_.front());
    items_.pop_front();
    space_.notify_one();
    return item;
  }
  void Close() {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
    filled_.notify_all();
    space_.notify_all();
  }

 private:
  size_t capacity_;
  std::mutex mutex_;
  std::condition_variable space_, filled_;
  std::deque<T> items_;
  bool closed_ = false;
};

}  // namespace spatium
