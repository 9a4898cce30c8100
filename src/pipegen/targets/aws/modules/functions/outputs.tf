output "state_machine_arn" {
  description = "State machine that gives the functions their code."
  value       = module.machine.arn
}
