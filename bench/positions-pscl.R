# Writes the roll calls of the 109th Senate, and the positions that pscl's ideal() finds in them, into a folder.
# Ballots are left out only where nobody was in the minority; members who seldom voted are kept.
suppressMessages(library(pscl))
folder <- commandArgs(trailingOnly = TRUE)[1]
data(s109)
votes <- matrix(0L, nrow(s109$votes), ncol(s109$votes))
votes[s109$votes %in% s109$codes$yea] <- 1L
votes[s109$votes %in% s109$codes$nay] <- -1L
write.table(votes, file.path(folder, "votes.csv"), sep = ",", row.names = FALSE, col.names = FALSE)
writeLines(rownames(s109$votes), file.path(folder, "members.txt"))
for (dimensions in 1:2) {
  set.seed(109)
  begin <- proc.time()[["elapsed"]]
  found <- ideal(s109, d = dimensions, normalize = dimensions == 1, store.item = dimensions == 2,
    dropList = list(codes = "notInLegis", lop = 0), maxiter = 10000, burnin = 1000, thin = 10)
  seconds <- proc.time()[["elapsed"]] - begin
  write.table(found$xbar, file.path(folder, paste0("ideal-", dimensions, ".csv")), sep = ",", row.names = FALSE, col.names = FALSE)
  writeLines(format(seconds), file.path(folder, paste0("seconds-", dimensions, ".txt")))
}
writeLines(as.character(packageVersion("pscl")), file.path(folder, "version.txt"))
