// Environment variables belong to the whole process: what one test sets must not be seen by another.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
