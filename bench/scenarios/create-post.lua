-- Writes a post at each request. wrk: -s create-post.lua URL -- TOKEN
function init(args)
  wrk.method = "POST"
  wrk.body = '{"text": "A short post about the weather, the bus and the price of bread."}'
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Authorization"] = "Bearer " .. args[1]
end

function done(summary, latency, requests)
  io.write(string.format("P50 %.2f\nP99 %.2f\n", latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
