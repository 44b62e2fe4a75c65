using Pamps.Server.Cli;

return await CommandLine.RunAsync(args);
