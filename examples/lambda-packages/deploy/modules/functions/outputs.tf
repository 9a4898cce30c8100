# Written by `pipegen compile` from deploy.yaml. Do not edit: change that.
# pipegen c4a4cefe9d686ef1506d2408e2094df7f010aeb212ff43c3483d8e9fa83aa728

output "state_machine_arn" {
  description = "State machine that gives the functions their code."
  value       = module.machine.arn
}
