-- Reads one of many paths at each request, in turn. wrk: -s many-paths.lua URL -- FILE
local paths, next_path = {}, 0

function init(args)
  for line in io.lines(args[1]) do
    paths[#paths + 1] = line
  end
end

function request()
  next_path = next_path % #paths + 1
  return wrk.format("GET", paths[next_path])
end

function done(summary, latency, requests)
  io.write(string.format("P50 %.2f\nP99 %.2f\n", latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
