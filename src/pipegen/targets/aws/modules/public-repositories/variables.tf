variable "names" {
  description = "Names of the repositories, each of which is public to everybody."
  type        = set(string)
}
