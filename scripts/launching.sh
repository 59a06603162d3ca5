# What scripts/virus-mnist and scripts/spark/local share; both source it.

# What a launcher gives Java beside -XX:SharedArchiveFile=ARCHIVE.
# shellcheck disable=SC2034 # used by what sources this
use_archive=(-Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off)

# Class-data sharing (JEP 350): runs Java ($2) on a command that uses most classes and has it write
# these down in $1 as it holds them in memory; every later command starts sooner. Where that fails an
# empty file is left, and everything works as well.
write_archive() {
  local archive=$1 java=$2
  shift 2
  "$java" "-XX:ArchiveClassesAtExit=$archive.$$" "$@" >/dev/null 2>&1 || rm -f "$archive.$$"
  {
    [ -e "$archive.$$" ] || : >"$archive.$$"
    wc -c <"$archive.$$" >"$archive.size" && mv -f "$archive.$$" "$archive"
  } 2>/dev/null || true
}

# Prints the collector for a heap that is small and short-lived, unless JAVA_OPTS names one.
collector() {
  case ${JAVA_OPTS:-} in
    *-XX:+Use*GC*) ;;
    *) echo -XX:+UseParallelGC ;;
  esac
}

# Prints the device asked for on the command line, or else in the environment.
asked_device() {
  local device=${VIRUS_MNIST_DEVICE:-auto}
  while [ $# -gt 0 ]; do
    case $1 in
      --device) device=${2:-} ;;
      --device=*) device=${1#--device=} ;;
    esac
    shift
  done
  echo "$device"
}

# Whether NVIDIA's driver is here, on the one system for which there is a GPU build.
has_driver() {
  local libraries
  [ "$(uname -s) $(uname -m)" = "Linux x86_64" ] || return 1
  if [ -r /proc/driver/nvidia/version ] || command -v nvidia-smi >/dev/null; then return 0; fi
  # Not into a pipe: grep -q ends at the first match, and ldconfig by SIGPIPE then.
  libraries=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null) || return 1
  [[ $libraries == *libcuda.so.1* ]]
}

# Whether a verb, of the plain ones or of Spark's, needs TensorFlow at all.
runs_a_model() {
  case $1 in
    "" | -* | help | inspect | images | report | generate-* | audit | convert) return 1 ;;
  esac
}

# Prints which native build of TensorFlow to run: cpu, gpu (brings CUDA along) or gpu-system-cuda
# (for a CUDA that is installed). They never share a class path.
choose_build() {
  if [ -n "${VIRUS_MNIST_BUILD:-}" ]; then
    echo "$VIRUS_MNIST_BUILD"
  elif ! runs_a_model "${1:-}"; then
    echo cpu
  elif [ "$(asked_device "$@" | tr '[:upper:]' '[:lower:]')" = cpu ] || ! has_driver; then
    echo cpu
  else
    echo gpu
  fi
}

# CUDA counts GPUs as nvidia-smi does, and keeps the kernels that the driver compiles.
export_cuda_settings() {
  export CUDA_DEVICE_ORDER=${CUDA_DEVICE_ORDER:-PCI_BUS_ID}
  export CUDA_CACHE_MAXSIZE=${CUDA_CACHE_MAXSIZE:-4294967296}
}

# Whether archive $1 is newer than build $2 and was not cut off, which would end Java; that it is of
# this Java and of this class path Java sees itself, and does without otherwise.
is_whole_archive() {
  [ -s "$1" ] && [ "$1" -nt "$2" ] && [ "$(wc -c <"$1")" = "$(cat "$1.size" 2>/dev/null)" ]
}

# Has Java take file names for UTF-8, as they nearly always are, where the locale knows ASCII only:
# there Java cannot name any other file. Where C.UTF-8 is not installed nothing changes.
read_names_as_utf8() {
  case $(locale charmap 2>/dev/null) in
    ANSI_X3.4-1968 | US-ASCII)
      if locale -a 2>/dev/null | grep -i '^C\.UTF-\{0,1\}8$' >/dev/null; then
        export LC_ALL=C.UTF-8
      fi
      ;;
  esac
}

# Sets what TensorFlow reads from the environment before its native library loads, for a command
# line. A few of its messages heed no level: they are filtered out of stderr, and Java writes past the
# filter (an option more). Not so into a regular file, where a second way in would overwrite what
# others write: there everything goes through the filter, and Java waits for its end.
quiet_tensorflow() {
  local chatter='^(WARNING: All log messages before absl::InitializeLog|[IW]0000 )'
  chatter+='|Unable to register cu(FFT|DNN|BLAS) factory|failed call to cuInit: '
  case " $* " in
    *" --verbose "*) export TF_CPP_MIN_LOG_LEVEL=${TF_CPP_MIN_LOG_LEVEL:-0} ;;
    *)
      export TF_CPP_MIN_LOG_LEVEL=${TF_CPP_MIN_LOG_LEVEL:-2}
      if [ -f /dev/fd/2 ]; then
        options+=(-Dvirusmnist.stderr.filtered=true)
      elif [ -e /dev/fd/2 ]; then
        options+=(-Dvirusmnist.stderr=/dev/fd/9)
      else
        return 0
      fi
      exec 9>&2 2> >(exec grep -a --line-buffered -v -E "$chatter" >&9)
      ;;
  esac
}

# Whether results must repeat: on the command line, or in the configuration of the run to resume.
wants_determinism() {
  while [ $# -gt 0 ]; do
    case $1 in
      --deterministic) return 0 ;;
      --resume) if grep -qs '"--deterministic"' "${2:-}/config.json"; then return 0; fi ;;
      --resume=*) if grep -qs '"--deterministic"' "${1#--resume=}/config.json"; then return 0; fi ;;
    esac
    shift
  done
  return 1
}

# Tells TensorFlow before it loads that results must repeat, where the command line says so.
be_deterministic_if_asked() {
  if wants_determinism "$@"; then export TF_DETERMINISTIC_OPS=1 TF_CUDNN_USE_AUTOTUNE=0; fi
}
