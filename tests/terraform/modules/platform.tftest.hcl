# What the organisation owns is looked up, and what is missing is said at plan time.

mock_provider "aws" {
  source = "./mocks"
}

run "nothing_is_named" {
  command = plan
  module {
    source = "./modules/platform"
  }

  assert {
    condition     = output.vpc_id == null && output.cluster == null && output.load_balancer == null && output.boundary == null
    error_message = "What is not named is not looked up."
  }
}

run "no_such_network" {
  command = plan
  module {
    source = "./modules/platform"
  }

  variables {
    vpc = "staging-vpc"
  }
  override_data {
    target = data.aws_vpcs.named
    values = { ids = [] }
  }

  expect_failures = [data.aws_vpcs.named]
}

run "a_cluster_that_is_going" {
  command = plan
  module {
    source = "./modules/platform"
  }

  variables {
    cluster = "staging"
  }
  override_data {
    target = data.aws_ecs_cluster.named
    values = { status = "INACTIVE" }
  }

  expect_failures = [data.aws_ecs_cluster.named]
}
