#pragma once
#include <cstddef>
#include <string_view>

#include "spatium/base/result.h"

namespace spatium {

// One of n parts of a job: part i, from 0, does the units whose number leaves rest i modulo n. The
// union of all parts is the whole job and no unit is done twice.
struct Shard {
  size_t index = 0;
  size_t count = 1;
  bool Has(size_t unit) const { return unit % count == index; }
};

// "i/n" with 0 <= i < n; "" is the shard that the environment names: Slurm arrays
// (SLURM_ARRAY_TASK_ID, _MIN, _COUNT), Kubernetes indexed jobs (JOB_COMPLETION_INDEX with
// JOB_COMPLETIONS), MPI (OMPI_COMM_WORLD_RANK, _SIZE; PMI_RANK, PMI_SIZE); else the whole job.
// Errors: kUsage.
Result<Shard> ParseShard(std::string_view text);

}  // namespace spatium
