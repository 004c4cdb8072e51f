#!/bin/bash
# Puts the studies of all shards into one. Started after slurm-array.sh, with the number of its job:
#
#   sbatch --dependency=afterok:$JOB slurm-merge.sh
#
# Shards that are missing are named, and nothing is merged then. It may be started again at any time.
#
#SBATCH --job-name=clipbook-merge
#SBATCH --cpus-per-task=1
#SBATCH --mem=2G
#SBATCH --time=04:00:00
#SBATCH --kill-on-invalid-dep=yes
#SBATCH --open-mode=append
#SBATCH --output=clipbook-merge-%j.log
set -euo pipefail

# CHANGE: the same folder as in slurm-array.sh.
STUDIES="${STUDIES:-$HOME/studies}"

exec clipbook merge "$STUDIES"/shard-* --study "$STUDIES/all"
